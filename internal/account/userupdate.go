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
		if hash, err = a.service.passwords.Hash(ctx, *password); err != nil {
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
	ids := input.WhitelistIDs.Value()
	if !input.WhitelistIDs.IsSet() {
		ids = each(after.whitelists, whitelistID)
	}
	if input.WhitelistIDs.IsSet() || input.NewWhitelist != nil {
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

func (a *attempt) isSelf(user *db.User) bool { return a.viewer != nil && a.viewer.User.ID == user.ID }

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
	if err := tx.UpdateUser(ctx, after.user); err != nil {
		return taken(err)
	}
	if err := a.writeChangedHoldings(ctx, tx, before, after, whitelistPath); err != nil {
		return err
	}
	if newPassword {
		if err := a.writePassword(ctx, tx, after.user); err != nil {
			return err
		}
	}
	if after.user.LoginName != before.user.LoginName {
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
	return a.mailTo(ctx, tx, before.user, mail.EmailChanged{New: after.user.Email, By: a.by(after.user), IP: a.ip(after.user)})
}

// writeChangedHoldings writes the lists that differ, and asks after each whether it left the account without an
// administrator, or the viewer outside.
func (a *attempt) writeChangedHoldings(ctx context.Context, tx *db.Tx, before, after userState, whitelistPath string) error {
	var problems problem.List
	guard := func(path string, write func() error) error {
		err := a.keepAdministrator(ctx, tx, problem.New(problem.LastAdmin, "user.last_admin", path), write)
		if err == nil && a.isSelf(after.user) {
			err = a.stillComesIn(ctx, tx, problem.New(problem.Lockout, "user.lockout", path, "ip", a.viewer.IP.String()))
		}
		if found := problem.From(err); found != nil {
			problems.Add(found...)
			return nil
		}
		return err
	}
	id := after.user.ID
	if !sameItems(before.roles, after.roles, roleID) {
		if err := guard("roleIds", func() error { return tx.SetUserRoles(ctx, id, each(after.roles, roleID)) }); err != nil {
			return err
		}
	}
	if !sameItems(before.points, after.points, accessPointID) {
		if err := guard("accessPoints", func() error {
			return tx.SetUserAccessPoints(ctx, id, each(after.points, accessPointID))
		}); err != nil {
			return err
		}
	}
	if before.user.WhitelistsReportOnly != after.user.WhitelistsReportOnly { // written with the user itself
		if err := guard("whitelistsReportOnly", func() error { return nil }); err != nil {
			return err
		}
	}
	if !sameItems(before.whitelists, after.whitelists, whitelistID) {
		if err := guard(whitelistPath, func() error {
			return tx.SetUserWhitelists(ctx, id, each(after.whitelists, whitelistID))
		}); err != nil {
			return err
		}
	}
	return problems.Err()
}
