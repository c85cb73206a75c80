package account

import (
	"context"

	"github.com/gatehouse/gatehouse/db"
	"github.com/gatehouse/gatehouse/internal/access"
	"github.com/gatehouse/gatehouse/internal/audit"
	"github.com/gatehouse/gatehouse/internal/password"
	"github.com/gatehouse/gatehouse/internal/problem"
	"github.com/gatehouse/gatehouse/internal/secret"
	"github.com/gatehouse/gatehouse/internal/text"
	"github.com/gatehouse/gatehouse/internal/typeid"
)

// CreateUser creates a personal or API user and queues its welcome mail. It needs CREATE_USER.
func (s *Service) CreateUser(ctx context.Context, viewer *access.Viewer, input CreateUserInput) (*db.User, error) {
	var user *db.User
	err := s.try(ctx, viewer, audit.UserCreate, func(a *attempt) (err error) {
		if err := viewer.Require(access.CreateUser); err != nil {
			return err
		}
		user, err = a.createUser(ctx, input)
		return err
	})
	return user, err
}

func (a *attempt) createUser(ctx context.Context, input CreateUserInput) (*db.User, error) {
	request, err := a.idempotent(input.IdempotencyKey, input)
	if err != nil {
		return nil, err
	}
	hash := ""
	if input.Password != nil {
		// Hashing takes long and must not hold up other writers. So that it is not wasted, everything that can be refused is
		// refused before; and asked again in the transaction.
		_, refused := a.readNewUser(ctx, a.service.store.Reader, input)
		// Read last: what is taken may have been taken by the first request with this key.
		if user, err := request.answer(ctx, a.service.store.Reader); user != nil || err != nil {
			return user, err
		}
		if refused != nil {
			return nil, refused
		}
		if hash, err = a.hash(ctx, *input.Password); err != nil {
			return nil, err
		}
	}
	var user *db.User
	err = a.change(ctx, func(tx *db.Tx, a *attempt) (err error) {
		if user, err = request.answer(ctx, tx.Reader); err != nil {
			return err
		}
		if user != nil {
			return errUnchanged
		}
		state, err := a.readNewUser(ctx, tx.Reader, input)
		if err != nil {
			return err
		}
		user = state.user
		user.PasswordHash = hash
		if _, err := a.writeNewUser(ctx, tx, state, input.NewWhitelist); err != nil {
			return err
		}
		return request.remember(ctx, tx, user.ID)
	})
	return orNil(user, err)
}

// readNewUser reads and checks an input. Every problem of every field comes back at once.
func (a *attempt) readNewUser(ctx context.Context, r db.Reader, input CreateUserInput) (userState, error) {
	var problems problem.List
	user := &db.User{
		ID:        typeid.New("user"),
		AccountID: a.accountID,
		Kind:      input.Kind,
		LoginName: readLoginName(&problems, "loginName", input.LoginName),
		Email:     readEmail(&problems, "email", input.Email),
		Name:      readName(&problems, "name", input.Name),
		Language:  readLanguage(&problems, "language", input.Language),
		Status:    db.Active,
		MFAForced: input.MFAForced,
		CreatedAt: a.now,
		UpdatedAt: a.now,
		Revision:  1,
	}
	if a.viewer != nil {
		user.CreatedBy = a.viewer.User.ID
	}
	if user.Kind == db.Personal && input.Password == nil {
		user.Status = db.Invited
	}
	if text.IsLoginName(user.LoginName) {
		a.target = audit.Target{Name: access.QualifiedName(a.account, user)}
	}
	a.checkKind(&problems, user)
	a.checkPassword(&problems, user, input.Password)
	if err := a.readUnique(ctx, r, &problems, user); err != nil {
		return userState{}, err
	}
	roles, err := a.readRoles(ctx, r, &problems, input.RoleIDs)
	if err != nil {
		return userState{}, err
	}
	a.checkAssignable(&problems, roles, input.RoleIDs)
	points, err := a.readAccessPoints(ctx, r, &problems, user.Kind, input.AccessPoints)
	if err != nil {
		return userState{}, err
	}
	whitelists, err := a.readWhitelists(ctx, r, &problems, input.WhitelistIDs, input.NewWhitelist != nil)
	if err != nil {
		return userState{}, err
	}
	if err := a.checkNewWhitelist(ctx, r, &problems, input.NewWhitelist); err != nil {
		return userState{}, err
	}
	return userState{user, roles, points, whitelists}, problems.Err()
}

// checkKind holds users to what their kind may be.
func (a *attempt) checkKind(problems *problem.List, user *db.User) {
	switch {
	case user.Kind != db.Personal && user.Kind != db.API:
		problems.Add(problem.New(problem.Invalid, "kind.invalid", "kind"))
	case user.Kind == db.API && !user.MFAForced:
		problems.Add(problem.New(problem.Invalid, "mfa_forced.api", "mfaForced"))
	}
}

// checkPassword judges a password against what others know of the user. A program never has one.
func (a *attempt) checkPassword(problems *problem.List, user *db.User, candidate *string) {
	switch {
	case candidate == nil:
	case user.Kind == db.API:
		problems.Add(problem.New(problem.Invalid, "password.api", "password"))
	default:
		// It is asked before the hash is made and again in the transaction, where others wait, and estimating takes long.
		against := judgedAgainst(a.account, user)
		if a.judged.candidate != *candidate || a.judged.against != against {
			a.judged = judgement{*candidate, against, judge(*candidate, against)}
		}
		problems.Add(a.judged.problems...)
	}
}

// judgement is what was found of a password.
type judgement struct {
	candidate string
	against   password.Context
	problems  problem.List
}

func judgedAgainst(account *db.Account, user *db.User) password.Context {
	return password.Context{
		MinLength: account.Policy.PasswordMinLength,
		LoginName: user.LoginName, Name: user.Name, Email: user.Email, Handle: account.Handle,
	}
}

// judge says what is wrong with a password.
func judge(candidate string, against password.Context) problem.List {
	var problems problem.List
	for _, refusal := range password.Check(candidate, against) {
		problems.Add(refusal.Problem("password"))
	}
	return problems
}

// checkAssignable adds the roles that the viewer may not give (product rule 3), each at its place in the input.
func (a *attempt) checkAssignable(problems *problem.List, given []*db.Role, asked []typeid.ID) {
	for _, role := range given {
		if a.viewer == nil || a.viewer.CanAssign(a.service.catalogue, role) {
			continue
		}
		for i, id := range asked {
			if id == role.ID {
				problems.Add(a.roleRefused(role, at("roleIds", i)))
			}
		}
	}
}

// roleRefused names the role to those who may see roles.
func (a *attempt) roleRefused(role *db.Role, path string) *problem.Error {
	switch {
	case role.Kind == db.AdminRole:
		return problem.New(problem.NotAllowed, "role.admin_only", path)
	case !a.viewer.May(access.ViewRole) && !a.viewer.May(access.ViewUser):
		return problem.New(problem.NotAllowed, "role.not_allowed", path)
	}
	return problem.New(problem.NotAllowed, "role.beyond_viewer", path, "role", role.Name)
}

// checkNewWhitelist judges the whitelist that is to be created together with a user.
func (a *attempt) checkNewWhitelist(ctx context.Context, r db.Reader, problems *problem.List, input *CreateWhitelistInput) error {
	if input == nil {
		return nil
	}
	if a.viewer != nil && !a.viewer.May(access.ManageWhitelist) {
		problems.Add(problem.New(problem.NotAllowed, "whitelist.not_allowed", "newWhitelist"))
		return nil
	}
	found, err := a.checkWhitelist(ctx, r, *input, "newWhitelist.")
	problems.Add(found...)
	return err
}

// writeNewUser writes a user with what it holds, and welcomes it. It returns the token of the invitation, if any.
func (a *attempt) writeNewUser(ctx context.Context, tx *db.Tx, state userState, input *CreateWhitelistInput) (secret.Token, error) {
	if input != nil {
		created, err := a.createWhitelist(ctx, tx, *input, "newWhitelist.")
		if err != nil {
			return "", err
		}
		state.whitelists = append(state.whitelists, created)
	}
	if err := tx.CreateUser(ctx, state.user); err != nil {
		return "", taken(err)
	}
	if err := writeHoldings(ctx, tx, state); err != nil {
		return "", err
	}
	a.target = userTarget(a.account, state.user)
	a.noteUser(userState{}, state)
	if err := a.boundWelcome(ctx, tx, state.user); err != nil {
		return "", err
	}
	_, token, err := a.welcome(ctx, tx, state.user)
	return token, err
}

func writeHoldings(ctx context.Context, tx *db.Tx, state userState) error {
	if err := tx.SetUserRoles(ctx, state.user.ID, each(state.roles, roleID)); err != nil {
		return err
	}
	if err := tx.SetUserAccessPoints(ctx, state.user.ID, each(state.points, accessPointID)); err != nil {
		return err
	}
	return tx.SetUserWhitelists(ctx, state.user.ID, each(state.whitelists, whitelistID))
}
