package access

// The permissions of Gatehouse's own operations, which every catalogue has.
const (
	ViewUser          = "VIEW_USER"
	CreateUser        = "CREATE_USER"
	UpdateUser        = "UPDATE_USER"
	DeactivateUser    = "DEACTIVATE_USER"
	ViewRole          = "VIEW_ROLE"
	CreateRole        = "CREATE_ROLE"
	UpdateRole        = "UPDATE_ROLE"
	DeleteRole        = "DELETE_ROLE"
	ManageAPIKey      = "MANAGE_API_KEY"
	ViewWhitelist     = "VIEW_WHITELIST"
	ManageWhitelist   = "MANAGE_WHITELIST"
	ManageAccessPoint = "MANAGE_ACCESS_POINT"
	ViewAudit         = "VIEW_AUDIT"
	ManageAccount     = "MANAGE_ACCOUNT"
)
