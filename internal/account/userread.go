package account

import (
	"context"
	"errors"
	"strings"

	"github.com/gatehouse/gatehouse/db"
	"github.com/gatehouse/gatehouse/internal/access"
	"github.com/gatehouse/gatehouse/internal/problem"
	"github.com/gatehouse/gatehouse/internal/text"
	"github.com/gatehouse/gatehouse/internal/typeid"
)

// User finds one user, nil when the account has none, and reads of it what is asked for. It needs VIEW_USER for anybody but
// the viewer in person.
func (s *Service) User(ctx context.Context, viewer *access.Viewer, by db.UserLookup, reading *db.Reading) (*db.User, error) {
	if err := viewer.RequireEnrolled(); err != nil {
		return nil, err
	}
	user, err := s.store.LookUpUser(ctx, viewer.Account.ID, by, reading)
	if errors.Is(err, db.ErrNotFound) {
		user, err = nil, nil
	}
	if err != nil {
		return nil, err
	}
	if user != nil && viewer.Is(user.ID) {
		return user, nil
	}
	// Asked also where there is nobody: who may not see users learns nothing of which exist.
	if err := viewer.Require(access.ViewUser); err != nil {
		return nil, err
	}
	return user, nil
}

// Users returns a page of the account's users. It needs VIEW_USER.
func (s *Service) Users(ctx context.Context, viewer *access.Viewer, filter db.UserFilter, by db.UserOrder, page db.Page) (db.List[db.User], error) {
	if err := s.maySearch(viewer, filter); err != nil {
		return db.List[db.User]{}, err
	}
	return s.store.Users(ctx, viewer.Account, filter, by, page, db.At(s.now()))
}

// CountUsers counts the account's users; nil past [db.CountLimit] matches of a filter, unless exact. It needs VIEW_USER.
func (s *Service) CountUsers(ctx context.Context, viewer *access.Viewer, filter db.UserFilter, exact bool) (*int, error) {
	if err := s.maySearch(viewer, filter); err != nil {
		return nil, err
	}
	return s.store.CountUsers(ctx, viewer.Account, filter, exact, db.At(s.now()))
}

func (s *Service) maySearch(viewer *access.Viewer, filter db.UserFilter) error {
	if err := viewer.Require(access.ViewUser); err != nil {
		return err
	}
	if len(filter.WhitelistIDs) > 0 { // who has one would tell what whitelists there are
		if err := viewer.Require(access.ViewWhitelist); err != nil {
			return err
		}
	}
	var problems problem.List
	for i, code := range filter.AccessPoints {
		readCode(&problems, at("filter.accessPoints", i), code)
	}
	if err := problems.Err(); err != nil {
		return err
	}
	return checkQuery(filter.Query)
}

// checkQuery holds what is searched for to the length of what can be found.
func checkQuery(query *string) error {
	switch {
	case query == nil:
		return nil
	case text.Length(*query) > text.NameMax:
		return problem.New(problem.TooLong, "query.too_long", "filter.query", "limit", text.NameMax)
	}
	if _, ok := text.Clean(strings.Trim(strings.TrimSpace(*query), "\u200c\u200d")); !ok { // a part of a name may begin or end with a joiner
		return problem.New(problem.Invalid, "query.invalid", "filter.query")
	}
	return nil
}

// CanSeeUser says whether a viewer may see a user of their account: themselves in person, or anybody with VIEW_USER.
func CanSeeUser(viewer *access.Viewer, id typeid.ID) bool {
	return viewer.Is(id) || viewer.May(access.ViewUser)
}
