package account

import (
	"context"
	"errors"
	"time"

	"github.com/gatehouse/gatehouse/db"
	"github.com/gatehouse/gatehouse/internal/audit"
	"github.com/gatehouse/gatehouse/internal/password"
	"github.com/gatehouse/gatehouse/internal/problem"
	"github.com/gatehouse/gatehouse/internal/secret"
	"github.com/gatehouse/gatehouse/internal/typeid"
)

// NewAccount is what an account and its first administrator are made from.
type NewAccount struct {
	Handle    string
	Name      string
	LoginName string // of the administrator; empty: "admin"
	AdminName string // empty: the account's name
	Email     string
	Language  db.Language // empty: English
	// Password is left empty to get an invitation instead.
	Password string
}

// Policy of a new account.
var newPolicy = db.AccountPolicy{
	PasswordMinLength: password.MinLength, SessionIdleMinutes: 60, SessionMaxHours: 12, Revision: 1,
}

// CreateAccount makes an account with its built-in roles, its built-in access points and an administrator, who must enrol
// a second factor first. It is the command line's, told in the trail as the system. The token of the administrator's
// invitation is empty when a password is given. Problems stand at the fields of NewAccount, as the schema would write them.
func (s *Service) CreateAccount(ctx context.Context, input NewAccount) (*db.Account, *db.User, secret.Token, error) {
	a, admin, problems := s.newAccount(&input)
	hash, err := s.hashFirstPassword(ctx, problems, input.Password)
	if err != nil {
		return nil, nil, "", err
	}
	admin.PasswordHash = hash
	var token secret.Token
	err = s.store.Change(ctx, func(tx *db.Tx) (err error) {
		token, err = a.writeNewAccount(ctx, tx, admin)
		return err
	})
	if err != nil {
		return nil, nil, "", err
	}
	return a.account, admin, token, nil
}

// CheckNewAccount finds what is wrong with an input whatever is in the database.
func CheckNewAccount(input NewAccount) error {
	_, _, problems := (&Service{now: time.Now}).newAccount(&input)
	return problems.Err()
}

// newAccount reads an input, and fills in what may be left out.
func (s *Service) newAccount(input *NewAccount) (*attempt, *db.User, problem.List) {
	if input.LoginName == "" {
		input.LoginName = "admin"
	}
	if input.AdminName == "" {
		input.AdminName = input.Name
	}
	if input.Language == "" {
		input.Language = db.English
	}
	var problems problem.List
	now := db.At(s.now())
	account := &db.Account{
		ID: typeid.New("account"), Handle: readHandle(&problems, "handle", input.Handle), Name: readName(&problems, "name", input.Name),
		Policy: newPolicy, CreatedAt: now, UpdatedAt: now, Revision: 1,
	}
	a := &attempt{service: s, account: account, accountID: account.ID, action: audit.AccountCreate, now: now, target: accountTarget(account)}
	admin := a.firstAdministrator(&problems, *input)
	if input.Password != "" {
		problems.Add(judge(input.Password, judgedAgainst(account, admin))...)
	}
	return a, admin, problems
}

func (a *attempt) firstAdministrator(problems *problem.List, input NewAccount) *db.User {
	admin := &db.User{
		ID: typeid.New("user"), AccountID: a.accountID, Kind: db.Personal,
		LoginName: readLoginName(problems, "loginName", input.LoginName),
		Email:     readEmail(problems, "email", input.Email),
		Language:  readLanguage(problems, "language", input.Language),
		Status:    db.Active, MFAForced: true, CreatedAt: a.now, UpdatedAt: a.now, Revision: 1,
	}
	if input.AdminName == input.Name {
		admin.Name = a.account.Name // has been read
	} else {
		admin.Name = readName(problems, "adminName", input.AdminName)
	}
	if input.Password == "" {
		admin.Status = db.Invited
	}
	return admin
}

// hashFirstPassword hashes before the transaction, which would hold up other writers.
func (s *Service) hashFirstPassword(ctx context.Context, problems problem.List, candidate string) (string, error) {
	if err := problems.Err(); err != nil || candidate == "" {
		return "", err
	}
	return s.passwords.Hash(ctx, password.Known("new account"), candidate)
}

// writeNewAccount writes everything that a new account begins with. Set-up links die with the first account.
func (a *attempt) writeNewAccount(ctx context.Context, tx *db.Tx, admin *db.User) (secret.Token, error) {
	a.target, a.account.UserCount = accountTarget(a.account), 0 // in a second run they are as the first has left them
	if err := tx.CreateAccount(ctx, a.account); err != nil {
		if conflict, ok := errors.AsType[*db.ConflictError](err); ok && conflict.On("handle") {
			return "", problem.New(problem.Taken, "handle.taken", "handle")
		}
		return "", err
	}
	if err := tx.DeleteSetUpLinks(ctx); err != nil {
		return "", err
	}
	if err := a.record(ctx, tx, a.action, a.target, audit.Diff(nil, a.account)); err != nil {
		return "", err
	}
	role, err := a.writeBuiltInRoles(ctx, tx)
	if err != nil {
		return "", err
	}
	web, err := a.writeBuiltInAccessPoints(ctx, tx)
	if err != nil {
		return "", err
	}
	token, err := a.writeNewUser(ctx, tx, userState{admin, []*db.Role{role}, []*db.AccessPoint{web}, nil}, nil)
	if err != nil {
		return "", err
	}
	a.account.UserCount++
	return token, a.record(ctx, tx, audit.UserCreate, a.target, a.fields)
}

// writeBuiltInRoles returns the role admin.
func (a *attempt) writeBuiltInRoles(ctx context.Context, tx *db.Tx) (*db.Role, error) {
	admin, all := a.newRole("admin"), a.newRole("all")
	admin.Kind, all.Kind = db.AdminRole, db.AllRole
	if err := tx.CreateRole(ctx, admin); err != nil {
		return nil, err
	}
	return admin, tx.CreateRole(ctx, all)
}

// writeBuiltInAccessPoints returns WEB.
func (a *attempt) writeBuiltInAccessPoints(ctx context.Context, tx *db.Tx) (web *db.AccessPoint, err error) {
	for _, point := range []db.AccessPoint{
		{Code: "API", Name: "API", Description: "The REST API, with a key.", Kind: db.Programmatic},
		{Code: "ISPROXY", Name: "IS proxy", Description: "The line protocol, with a key.", Kind: db.Programmatic},
		{Code: db.Web, Name: "Web", Description: "The page in a browser.", Kind: db.Interactive},
	} {
		point.ID, point.AccountID, point.BuiltIn = typeid.New("ap"), a.accountID, true
		point.CreatedAt, point.UpdatedAt, point.Revision = a.now, a.now, 1
		if err := tx.CreateAccessPoint(ctx, &point); err != nil {
			return nil, err
		}
		web = &point
	}
	return web, nil
}
