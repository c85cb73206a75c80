package account

import (
	"context"
	"errors"
	"slices"
	"strconv"

	"github.com/gatehouse/gatehouse/db"
	"github.com/gatehouse/gatehouse/internal/problem"
	"github.com/gatehouse/gatehouse/internal/text"
	"github.com/gatehouse/gatehouse/internal/typeid"
)

// Bounds of what one user has (product rule 14).
const (
	maxRoles        = 50
	maxAccessPoints = 100
	maxWhitelists   = 20
)

// readRoles finds the roles that a user shall have, and adds what is wrong with them.
func (a *attempt) readRoles(ctx context.Context, r db.Reader, problems *problem.List, ids []typeid.ID) ([]*db.Role, error) {
	if !countBetween(problems, "roles", "roleIds", len(ids), 1, maxRoles) {
		return nil, nil
	}
	found, err := r.RolesByID(ctx, a.accountID, ids)
	return pick(problems, "role", "roleIds", ids, found), err
}

// readAccessPoints finds the access points that a user shall come through. A program has no INTERACTIVE one: it could
// never pass it.
func (a *attempt) readAccessPoints(ctx context.Context, r db.Reader, problems *problem.List, kind db.UserKind, codes []string) ([]*db.AccessPoint, error) {
	if !countBetween(problems, "access_points", "accessPoints", len(codes), 1, maxAccessPoints) {
		return nil, nil
	}
	found, err := r.AccessPointsByCode(ctx, a.accountID, codes)
	if err != nil {
		return nil, err
	}
	for i, code := range codes {
		if point := found[code]; point != nil && point.Kind == db.Interactive && kind == db.API {
			problems.Add(problem.New(problem.Invalid, "access_point.interactive_for_api", at("accessPoints", i), "code", code))
		}
	}
	return pick(problems, "access_point", "accessPoints", codes, found), nil
}

// readWhitelists finds the whitelists that shall be asked of a user, room for a new one reserved where one is made.
func (a *attempt) readWhitelists(ctx context.Context, r db.Reader, problems *problem.List, ids []typeid.ID, withNew bool) ([]*db.Whitelist, error) {
	limit := maxWhitelists
	if withNew {
		limit--
	}
	if !countBetween(problems, "whitelists", "whitelistIds", len(ids), 0, limit) {
		return nil, nil
	}
	found, err := r.WhitelistsByID(ctx, a.accountID, ids)
	return pick(problems, "whitelist", "whitelistIds", ids, found), err
}

func countBetween(problems *problem.List, key, path string, count, least, most int) bool {
	switch {
	case count < least:
		problems.Add(problem.New(problem.Required, key+".required", path))
		return false
	case count > most:
		problems.Add(problem.New(problem.TooLong, key+".too_many", path, "limit", most))
		return false
	}
	return true
}

// pick returns what was asked for, each once, and adds what was not found.
func pick[K comparable, T any](problems *problem.List, key, path string, asked []K, found map[K]*T) []*T {
	var items []*T
	for i, k := range asked {
		item := found[k]
		switch {
		case item == nil:
			problems.Add(problem.New(problem.NotFound, key+".not_found", at(path, i)))
		case !slices.Contains(items, item):
			items = append(items, item)
		}
	}
	return items
}

func at(path string, index int) string { return path + "." + strconv.Itoa(index) }

// readUnique adds what another user of the account has already, with a login name that is still free.
func (a *attempt) readUnique(ctx context.Context, r db.Reader, problems *problem.List, user *db.User) error {
	loginName, email, err := r.TakenByOthers(ctx, user)
	if err != nil {
		return err
	}
	if a.beside.hasLogin(user.LoginName) {
		loginName = true
	}
	if a.beside.hasEmail(user) {
		email = true
	}
	if loginName {
		taken, err := a.takenLoginName(ctx, r, user.LoginName)
		if err != nil {
			return err
		}
		problems.Add(taken)
	}
	if email {
		problems.Add(takenEmail("email"))
	}
	return nil
}

// besideUsers are login names of users that are created together, by text.Key, and addresses of the personal ones, by text.EmailKey.
type besideUsers struct{ logins, emails map[string]bool }

func (b *besideUsers) hasLogin(name string) bool { return b != nil && b.logins[text.Key(name)] }

// hasEmail says whether a user cannot have its address: API users may share one.
func (b *besideUsers) hasEmail(user *db.User) bool {
	return b != nil && user.Kind != db.API && b.emails[text.EmailKey(user.Email)]
}

func (b *besideUsers) add(user *db.User) {
	b.logins[text.Key(user.LoginName)] = true
	if user.Kind != db.API {
		b.emails[text.EmailKey(user.Email)] = true
	}
}

func takenEmail(path string) *problem.Error { return problem.New(problem.Taken, "email.taken", path) }

func (a *attempt) takenLoginName(ctx context.Context, r db.Reader, name string) (*problem.Error, error) {
	const tries = 50
	candidates := make([]string, 0, tries)
	for n := 2; n < 2+tries; n++ {
		number := strconv.Itoa(n)
		candidates = append(candidates, name[:min(len(name), text.LoginMax-len(number))]+number)
	}
	taken, err := r.TakenLoginNames(ctx, a.accountID, candidates)
	if err != nil {
		return nil, err
	}
	for _, candidate := range candidates {
		if !slices.Contains(taken, text.Key(candidate)) && !a.beside.hasLogin(candidate) {
			return problem.New(problem.Taken, "login_name.taken", "loginName", "suggestion", candidate), nil
		}
	}
	return problem.New(problem.Taken, "login_name.taken", "loginName"), nil
}

// taken turns a conflict that came up between the check and the write, which another instance's change can make, into
// the same problem.
func taken(err error) error {
	conflict, ok := errors.AsType[*db.ConflictError](err)
	switch {
	case ok && conflict.On("login_key"):
		return problem.New(problem.Taken, "login_name.taken", "loginName")
	case ok && conflict.On("email_key"):
		return takenEmail("email")
	}
	return err
}
