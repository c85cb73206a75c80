package account

import (
	"strings"

	"github.com/gatehouse/gatehouse/db"
	"github.com/gatehouse/gatehouse/internal/access"
	"github.com/gatehouse/gatehouse/internal/problem"
)

// ownRule says who may change a field of themselves by updateUser.
type ownRule int

const (
	ownFree      ownRule = iota
	ownAdminOnly         // holders of the role admin
	ownRefused           // nobody
)

// updateRule is what product rule 3 asks about one field of [UpdateUserInput]. That only holders of admin change holders of
// admin is asked of every field.
type updateRule struct {
	field, path string // of the struct, and of the input
	changes     func(before, after userState, input UpdateUserInput) bool
	own         ownRule
	// manage has the field changed only by who can manage the user.
	manage bool
}

// updateRules has every field of [UpdateUserInput]: a test fails for one that is missing. Which roles may be given and taken
// is asked for each role.
var updateRules = []updateRule{
	{"LoginName", "loginName", func(b, a userState, _ UpdateUserInput) bool { return b.user.LoginName != a.user.LoginName }, ownFree, true},
	{"Email", "email", func(b, a userState, _ UpdateUserInput) bool { return b.user.Email != a.user.Email }, ownFree, true},
	{"Name", "name", func(b, a userState, _ UpdateUserInput) bool { return b.user.Name != a.user.Name }, ownFree, false},
	{"Language", "language", func(b, a userState, _ UpdateUserInput) bool { return b.user.Language != a.user.Language }, ownFree, false},
	{"Password", "password", func(_, _ userState, input UpdateUserInput) bool { return input.Password.Value() != nil }, ownRefused, true},
	{"RoleIDs", "roleIds", func(b, a userState, _ UpdateUserInput) bool { return !sameItems(b.roles, a.roles, roleID) }, ownRefused, false},
	{"MFAForced", "mfaForced", func(b, a userState, _ UpdateUserInput) bool { return b.user.MFAForced != a.user.MFAForced }, ownRefused, true},
	{"AccessPoints", "accessPoints", func(b, a userState, _ UpdateUserInput) bool {
		return !sameItems(b.points, a.points, accessPointID)
	}, ownAdminOnly, true},
	{"WhitelistIDs", "whitelistIds", func(b, a userState, _ UpdateUserInput) bool {
		return !sameItems(b.whitelists, a.whitelists, whitelistID)
	}, ownAdminOnly, true},
	{"NewWhitelist", "newWhitelist", func(_, _ userState, input UpdateUserInput) bool { return input.NewWhitelist != nil }, ownAdminOnly, true},
	{"WhitelistsReportOnly", "whitelistsReportOnly", func(b, a userState, _ UpdateUserInput) bool {
		return b.user.WhitelistsReportOnly != a.user.WhitelistsReportOnly
	}, ownAdminOnly, true},
}

// checkUpdate holds a change of a user to product rule 3.
func (a *attempt) checkUpdate(before, after userState, input UpdateUserInput) problem.List {
	var problems problem.List
	held := a.service.HoldingsOf(before.roles)
	manages := a.isSelf(before.user) || CanManage(a.viewer, held)
	if held.Admin && !manages {
		problems.Add(adminOnly("id"))
	}
	for _, rule := range updateRules {
		switch {
		case !rule.changes(before, after, input):
		case a.actsFor(before.user) && (rule.own == ownRefused || rule.own == ownAdminOnly && !a.viewer.Admin):
			problems.Add(problem.New(problem.NotAllowed, "user.own", rule.path))
		case rule.manage && !manages && !held.Admin:
			problems.Add(a.beyondViewer(held, rule.path))
		}
	}
	if a.actsFor(before.user) {
		return problems // no role may be given or taken
	}
	a.checkAssignable(&problems, without(after.roles, before.roles, roleID), input.RoleIDs.Value())
	for _, taken := range without(before.roles, after.roles, roleID) {
		if !a.viewer.CanAssign(a.service.catalogue, taken) {
			problems.Add(a.roleRefused(taken, "roleIds"))
		}
	}
	return problems
}

func adminOnly(path string) *problem.Error {
	return problem.New(problem.NotAllowed, "user.admin_only", path)
}

// beyondViewer names what a user may do and the viewer may not, to those who may see users.
func (a *attempt) beyondViewer(held Holdings, path string) *problem.Error {
	missing := ""
	if a.viewer.May(access.ViewUser) {
		missing = strings.Join(a.viewer.Permissions.Missing(held.Permissions), ", ")
	}
	return problem.New(problem.NotAllowed, "user.beyond_viewer", path, "permissions", missing)
}

// isSelf says whether the viewer is the user in person, and actsFor whether in person or by a key ([access.Viewer.Is],
// [access.Viewer.ActsFor]).
func (a *attempt) isSelf(user *db.User) bool { return a.viewer != nil && a.viewer.Is(user.ID) }

func (a *attempt) actsFor(user *db.User) bool { return a.viewer != nil && a.viewer.ActsFor(user.ID) }

// notOneself refuses what nobody may do to themselves.
func (a *attempt) notOneself(user *db.User, key string) error {
	if a.actsFor(user) {
		return problem.New(problem.NotAllowed, key, "id")
	}
	return nil
}

// mayTouch refuses to change anything of a holder of admin, but for other holders; mayManage refuses also what only who can
// manage the user may change. On oneself, in person, both pass.
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
		return a.beyondViewer(held, "id")
	}
	return nil
}
