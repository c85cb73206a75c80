package account

import (
	"context"

	"github.com/gatehouse/gatehouse/db"
	"github.com/gatehouse/gatehouse/internal/access"
	"github.com/gatehouse/gatehouse/internal/audit"
	"github.com/gatehouse/gatehouse/internal/mail"
	"github.com/gatehouse/gatehouse/internal/patch"
	"github.com/gatehouse/gatehouse/internal/problem"
)

// UpdateUser changes a user. It needs UPDATE_USER; what else it asks is told at [attempt.checkUpdate].
func (s *Service) UpdateUser(ctx context.Context, viewer *access.Viewer, input UpdateUserInput) (*db.User, error) {
	var user *db.User
	err := s.try(ctx, viewer, audit.UserUpdate, func(a *attempt) (err error) {
		if err := viewer.Require(access.UpdateUser); err != nil {
			return err
		}
		user, err = a.updateUser(ctx, input)
		return err
	})
	return user, err
}

func (a *attempt) updateUser(ctx context.Context, input UpdateUserInput) (*db.User, error) {
	hash := ""
	if password := input.Password.Value(); password != nil {
		// As in createUser: what can be refused is refused before hashing, outside of the transaction.
		if _, _, err := a.readUpdate(ctx, a.service.store.Reader, input); err != nil {
			return nil, err
		}
		var err error
		if hash, err = a.hash(ctx, *password); err != nil {
			return nil, err
		}
	}
	var user *db.User
	err := a.change(ctx, func(tx *db.Tx, a *attempt) error {
		before, after, err := a.readUpdate(ctx, tx.Reader, input)
		if err != nil {
			return err
		}
		if hash != "" {
			after.user.PasswordHash = hash
		}
		user = after.user
		return a.writeUpdate(ctx, tx, before, after, input)
	})
	return orNil(user, err)
}

// readUpdate reads and checks an input: the user as it is, and as it shall be.
func (a *attempt) readUpdate(ctx context.Context, r db.Reader, input UpdateUserInput) (before, after userState, err error) {
	if before, err = a.loadState(ctx, r, input.ID); err != nil {
		return before, after, err
	}
	if err := checkRevision(input.Revision, before.user.Revision); err != nil {
		return before, after, err
	}
	var problems problem.List
	user := *before.user
	user.LoginName = patched(&problems, "loginName", input.LoginName, user.LoginName, readLoginName)
	user.Email = patched(&problems, "email", input.Email, user.Email, readEmail)
	user.Name = patched(&problems, "name", input.Name, user.Name, readName)
	user.Language = patched(&problems, "language", input.Language, user.Language, readLanguage)
	user.MFAForced = patched(&problems, "mfaForced", input.MFAForced, user.MFAForced, asGiven)
	user.WhitelistsReportOnly = patched(&problems, "whitelistsReportOnly", input.WhitelistsReportOnly, user.WhitelistsReportOnly, asGiven)
	after = before
	after.user = &user
	a.checkKind(&problems, &user)
	if input.Password.IsSet() && input.Password.Value() == nil {
		problems.Add(isNull("password"))
	}
	a.checkPassword(&problems, &user, input.Password.Value())
	if err := a.readHoldings(ctx, r, &problems, input, &after); err != nil {
		return before, after, err
	}
	if user.LoginName != before.user.LoginName || user.Email != before.user.Email {
		if err := a.readUnique(ctx, r, &problems, &user); err != nil {
			return before, after, err
		}
	}
	if err := a.checkNewWhitelist(ctx, r, &problems, input.NewWhitelist); err != nil {
		return before, after, err
	}
	problems.Add(a.checkUpdate(before, after, input)...)
	if err := problems.Err(); err != nil {
		return before, after, err
	}
	return before, after, nil
}

func (a *attempt) readHoldings(ctx context.Context, r db.Reader, problems *problem.List, input UpdateUserInput, after *userState) (err error) {
	if ids, ok := listed(problems, "roleIds", input.RoleIDs); ok {
		if after.roles, err = a.readRoles(ctx, r, problems, ids); err != nil {
			return err
		}
	}
	if codes, ok := listed(problems, "accessPoints", input.AccessPoints); ok {
		if after.points, err = a.readAccessPoints(ctx, r, problems, after.user.Kind, codes); err != nil {
			return err
		}
	}
	ids, set := emptied(problems, "whitelistIds", input.WhitelistIDs)
	if !set {
		ids = each(after.whitelists, whitelistID)
	}
	if set || input.NewWhitelist != nil {
		after.whitelists, err = a.readWhitelists(ctx, r, problems, ids, input.NewWhitelist != nil)
	}
	return err
}

// listed reads a list that cannot be empty.
func listed[T any](problems *problem.List, path string, field patch.Field[[]T]) ([]T, bool) {
	if field.IsSet() && field.Value() == nil {
		problems.Add(isNull(path))
	}
	return field.Value(), field.Value() != nil
}

// writeUpdate writes what differs, and what follows from it.
func (a *attempt) writeUpdate(ctx context.Context, tx *db.Tx, before, after userState, input UpdateUserInput) error {
	whitelistPath := "whitelistIds"
	if input.NewWhitelist != nil {
		whitelistPath = "newWhitelist"
		created, err := a.createWhitelist(ctx, tx, *input.NewWhitelist, "newWhitelist.")
		if err != nil {
			return err
		}
		after.whitelists = append(after.whitelists[:len(after.whitelists):len(after.whitelists)], created)
	}
	newPassword := after.user.PasswordHash != before.user.PasswordHash
	if newPassword && after.user.Status == db.Invited {
		after.user.Status = db.Active
	}
	if a.noteUser(before, after); len(a.fields) == 0 {
		return errUnchanged
	}
	after.user.Revision++
	after.user.UpdatedAt = a.now
	a.lockout = func(reason access.Reason) *problem.Error {
		return problem.New(problem.Lockout, "user.lockout", lockoutPath(reason, before, after, whitelistPath), "ip", a.viewer.IP.String())
	}
	if err := a.writeState(ctx, tx, before, after); err != nil {
		return err
	}
	if newPassword {
		if err := a.writePassword(ctx, tx, after.user); err != nil {
			return err
		}
	}
	if err := a.tellOfAccess(ctx, tx, before, after); err != nil {
		return err
	}
	if after.user.LoginName != before.user.LoginName {
		if err := a.carryTries(ctx, tx, before.user, after.user); err != nil {
			return err
		}
		told := mail.LoginNameChanged{New: after.user.LoginName, By: a.by(after.user), IP: a.ip(after.user)}
		if err := a.mailTo(ctx, tx, before.user, told); err != nil {
			return err
		}
	}
	if after.user.Email == before.user.Email {
		return nil
	}
	if err := tx.DeleteLinksOf(ctx, after.user.ID); err != nil {
		return err
	}
	if after.user.Status == db.Invited { // whose invitation went to the old address, and is invalid now
		if _, err := a.resendWelcome(ctx, tx, after.user); err != nil {
			return err
		}
	}
	return a.mailTo(ctx, tx, before.user, mail.EmailChanged{New: after.user.Email, By: a.by(after.user), IP: a.ip(after.user)})
}

// writeState writes a user with those of the lists that differ.
func (a *attempt) writeState(ctx context.Context, tx *db.Tx, before, after userState) error {
	if err := tx.UpdateUser(ctx, after.user); err != nil {
		return taken(err)
	}
	id := after.user.ID
	if !sameItems(before.whitelists, after.whitelists, whitelistID) {
		if err := tx.SetUserWhitelists(ctx, id, each(after.whitelists, whitelistID)); err != nil {
			return err
		}
	}
	newRoles, newPoints := !sameItems(before.roles, after.roles, roleID), !sameItems(before.points, after.points, accessPointID)
	if !newRoles && !newPoints {
		return nil
	}
	lastAdmin := problem.New(problem.LastAdmin, "user.last_admin", "accessPoints")
	if newRoles {
		lastAdmin.Field = problem.Path("roleIds")
	}
	return a.keepAdministrator(ctx, tx, lastAdmin, func() error {
		if newRoles {
			if err := tx.SetUserRoles(ctx, id, each(after.roles, roleID)); err != nil || !newPoints {
				return err
			}
		}
		return tx.SetUserAccessPoints(ctx, id, each(after.points, accessPointID))
	})
}

// lockoutPath is the field that shuts the viewer out.
func lockoutPath(reason access.Reason, before, after userState, whitelistPath string) string {
	switch {
	case reason == access.AccessPointNotAllowed:
		return "accessPoints"
	case sameItems(before.whitelists, after.whitelists, whitelistID):
		return "whitelistsReportOnly"
	}
	return whitelistPath
}

// carryTries has the wrong tries under a user's old login name count under the new one too: a new name is no new set of
// tries (product rule 7).
func (a *attempt) carryTries(ctx context.Context, tx *db.Tx, before, after *db.User) error {
	from, to := db.NameThrottle(a.account.Handle, before.LoginName), db.NameThrottle(a.account.Handle, after.LoginName)
	known, err := tx.ThrottlesByKey(ctx, []string{from})
	if err != nil || known[from] == nil || from == to {
		return err
	}
	carried, err := tx.LockThrottle(ctx, to, a.now)
	if err != nil {
		return err
	}
	if old := known[from]; old.Failures > carried.Failures {
		carried.Failures, carried.BeganAt = old.Failures, old.BeganAt
	}
	carried.Until = max(carried.Until, known[from].Until)
	return tx.SaveThrottle(ctx, carried)
}
