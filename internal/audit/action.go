package audit

import "slices"

// Action is what was done or tried, as noun.verb.
type Action string

const (
	AccountCreate       Action = "account.create"
	AccountUpdate       Action = "account.update"
	AccountUpdatePolicy Action = "account.updatePolicy"
	AccountRotateKeys   Action = "account.rotateKeys" // of the key file, for all accounts at once

	UserCreate        Action = "user.create"
	UserUpdate        Action = "user.update"
	UserDeactivate    Action = "user.deactivate"
	UserReactivate    Action = "user.reactivate"
	UserUnlock        Action = "user.unlock"
	UserResendWelcome Action = "user.resendWelcome"
	UserResendMail    Action = "user.resendMail"
	UserResetMFA      Action = "user.resetMfa"
	UserRestoreAccess Action = "user.restoreAccess"
	UserSetPassword   Action = "user.setPassword"
	UserChangeEmail   Action = "user.changeEmail"
	UserConfirmEmail  Action = "user.confirmEmail"
	UserRequestReset  Action = "user.requestPasswordReset"

	SessionSignIn       Action = "session.signIn"
	SessionSignOut      Action = "session.signOut"
	SessionRevoke       Action = "session.revoke"
	SessionRevokeOthers Action = "session.revokeOthers"
	SessionStepUp       Action = "session.stepUp"
	SessionRefuse       Action = "session.refuse" // a request of a live session from outside a whitelist, say
	SessionEnter        Action = "session.enter"  // signing in at an access point by a session of Gatehouse

	MFAEnrol                   Action = "mfa.enrol"
	MFARename                  Action = "mfa.rename"
	MFARemove                  Action = "mfa.remove"
	MFARegenerateRecoveryCodes Action = "mfa.regenerateRecoveryCodes"

	RoleCreate Action = "role.create"
	RoleUpdate Action = "role.update"
	RoleDelete Action = "role.delete"

	AccessPointCreate Action = "accessPoint.create"
	AccessPointUpdate Action = "accessPoint.update"
	AccessPointDelete Action = "accessPoint.delete"

	AccessPointRotateSecret Action = "accessPoint.rotateSecret"

	WhitelistCreate Action = "whitelist.create"
	WhitelistUpdate Action = "whitelist.update"
	WhitelistDelete Action = "whitelist.delete"

	APIKeyCreate Action = "apiKey.create"
	APIKeyUpdate Action = "apiKey.update"
	APIKeyRotate Action = "apiKey.rotate"
	APIKeyRevoke Action = "apiKey.revoke"
	APIKeyRefuse Action = "apiKey.refuse" // a request with a key that can be used, from outside a whitelist
)

// Actions returns every action that an event can have, sorted.
func Actions() []Action {
	actions := []Action{
		AccountCreate, AccountUpdate, AccountUpdatePolicy, AccountRotateKeys,
		UserCreate, UserUpdate, UserDeactivate, UserReactivate, UserUnlock, UserResendWelcome, UserResendMail, UserResetMFA, UserRestoreAccess,
		UserSetPassword, UserChangeEmail, UserConfirmEmail, UserRequestReset,
		SessionSignIn, SessionSignOut, SessionRevoke, SessionRevokeOthers, SessionStepUp, SessionRefuse, SessionEnter,
		MFAEnrol, MFARename, MFARemove, MFARegenerateRecoveryCodes,
		RoleCreate, RoleUpdate, RoleDelete,
		AccessPointCreate, AccessPointUpdate, AccessPointDelete, AccessPointRotateSecret,
		WhitelistCreate, WhitelistUpdate, WhitelistDelete,
		APIKeyCreate, APIKeyUpdate, APIKeyRotate, APIKeyRevoke, APIKeyRefuse,
	}
	slices.Sort(actions)
	return actions
}
