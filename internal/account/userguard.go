package account

import (
	"strings"

	"github.com/gatehouse/gatehouse/db"
	"github.com/gatehouse/gatehouse/internal/access"
	"github.com/gatehouse/gatehouse/internal/problem"
)

// checkUpdate holds a change of a user to product rule 3: nobody gives or takes over what they do not have, and on
// oneself neither roles, forced MFA nor password change here.
func (a *attempt) checkUpdate(before, after userState, input UpdateUserInput) problem.List {
	var problems problem.List
	held := a.service.HoldingsOf(before.roles)
	switch {
	case a.isSelf(before.user):
		return refuseEach("user.own", changedFields(before, after, input), "roleIds", "mfaForced", "password")
	case held.Admin && !a.viewer.Admin:
		problems.Add(adminOnly("id"))
	case !CanManage(a.viewer, held):
		problems.Add(refuseEach("user.beyond_viewer", changedFields(before, after, input),
			"password", "email", "loginName", "whitelistIds", "newWhitelist", "whitelistsReportOnly", "accessPoints", "mfaForced")...)
	}
	a.checkAssignable(&problems, without(after.roles, before.roles, roleID), input.RoleIDs.Value())
	for _, taken := range without(before.roles, after.roles, roleID) {
		if !a.viewer.CanAssign(a.service.catalogue, taken) {
			problems.Add(roleRefused(taken, "roleIds"))
		}
	}
	return problems
}

// changedFields are the paths of an update that make a difference and that rule 3 knows.
func changedFields(before, after userState, input UpdateUserInput) map[string]bool {
	return map[string]bool{
		"password":     input.Password.Value() != nil,
		"email":        before.user.Email != after.user.Email,
		"loginName":    before.user.LoginName != after.user.LoginName,
		"mfaForced":    before.user.MFAForced != after.user.MFAForced,
		"roleIds":      !sameItems(before.roles, after.roles, roleID),
		"accessPoints": !sameItems(before.points, after.points, accessPointID),
		"whitelistIds": !sameItems(before.whitelists, after.whitelists, whitelistID),
		"newWhitelist": input.NewWhitelist != nil,

		"whitelistsReportOnly": before.user.WhitelistsReportOnly != after.user.WhitelistsReportOnly,
	}
}

func refuseEach(key string, changed map[string]bool, refused ...string) problem.List {
	var problems problem.List
	for _, field := range refused {
		if changed[field] {
			problems.Add(problem.New(problem.NotAllowed, key, field))
		}
	}
	return problems
}

func adminOnly(path string) *problem.Error {
	return problem.New(problem.NotAllowed, "user.admin_only", path)
}

func beyondViewer(viewer *access.Viewer, held Holdings, path string) *problem.Error {
	missing := viewer.Permissions.Missing(held.Permissions)
	return problem.New(problem.NotAllowed, "user.beyond_viewer", path, "permissions", strings.Join(missing, ", "))
}

// mayTouch refuses to change anything of a holder of admin, but for other holders; mayManage refuses also what opens the
// doors of a user who may do more than the viewer. On oneself both pass.
func (a *attempt) mayTouch(user *db.User, roles []*db.Role) error {
	if a.viewer == nil || a.isSelf(user) || a.viewer.Admin || !a.service.HoldingsOf(roles).Admin {
		return nil
	}
	return adminOnly("id")
}

func (a *attempt) mayManage(user *db.User, roles []*db.Role) error {
	if err := a.mayTouch(user, roles); err != nil || a.viewer == nil || a.isSelf(user) {
		return err
	}
	if held := a.service.HoldingsOf(roles); !CanManage(a.viewer, held) {
		return beyondViewer(a.viewer, held, "id")
	}
	return nil
}
