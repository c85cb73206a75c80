package account

import (
	"context"

	"github.com/gatehouse/gatehouse/db"
	"github.com/gatehouse/gatehouse/internal/access"
	"github.com/gatehouse/gatehouse/internal/typeid"
)

// APIKeys returns a page of keys of users that the viewer may manage, the newest first. It needs MANAGE_API_KEY.
func (s *Service) APIKeys(ctx context.Context, viewer *access.Viewer, filter db.APIKeyFilter, page db.Page) (db.List[db.APIKey], error) {
	scope, err := s.keyScope(ctx, viewer)
	if err != nil {
		return db.List[db.APIKey]{}, err
	}
	return s.store.APIKeys(ctx, scope, filter, page, db.At(s.now()))
}

// CountAPIKeys counts what APIKeys lists; nil when it is not exact and there are too many.
func (s *Service) CountAPIKeys(ctx context.Context, viewer *access.Viewer, filter db.APIKeyFilter, exact bool) (*int, error) {
	scope, err := s.keyScope(ctx, viewer)
	if err != nil {
		return nil, err
	}
	return s.store.CountAPIKeys(ctx, scope, filter, exact, db.At(s.now()))
}

// APIKeysByID returns those of the keys that the viewer may see, the one if it is a person who asks.
func (s *Service) APIKeysByID(ctx context.Context, viewer *access.Viewer, ids []typeid.ID) (map[typeid.ID]*db.APIKey, error) {
	scope, err := s.keyScope(ctx, viewer)
	if err != nil {
		return nil, nil //nolint:nilerr // who may not see keys sees none
	}
	return s.store.APIKeysByID(ctx, scope, ids)
}

// APIKeysReplacing returns what keys were rotated into, as far as the viewer may see it.
func (s *Service) APIKeysReplacing(ctx context.Context, viewer *access.Viewer, ids []typeid.ID) (map[typeid.ID]*db.APIKey, error) {
	scope, err := s.keyScope(ctx, viewer)
	if err != nil {
		return nil, nil //nolint:nilerr // who may not see keys sees none
	}
	return s.store.APIKeysReplacing(ctx, scope, ids)
}

// keyScope is whose keys the viewer may see: those of users whom they can manage, and in person their own.
func (s *Service) keyScope(ctx context.Context, viewer *access.Viewer) (db.APIKeyScope, error) {
	scope := db.APIKeyScope{AccountID: viewer.Account.ID}
	if err := viewer.Require(access.ManageAPIKey); err != nil {
		return scope, err
	}
	if viewer.Is(viewer.User.ID) {
		scope.Own = viewer.User.ID
	}
	var err error
	scope.Beyond, err = s.beyond(ctx, s.store.Reader, viewer)
	return scope, err
}

// MaySeeKeys asks whether the viewer may see the keys of a user with these holdings.
func MaySeeKeys(viewer *access.Viewer, userID typeid.ID, held Holdings) error {
	if err := viewer.Require(access.ManageAPIKey); err != nil {
		return err
	}
	if !viewer.Is(userID) && !CanManage(viewer, held) {
		return &access.ForbiddenError{Permission: access.ManageAPIKey}
	}
	return nil
}

// KeyPermissions works out what a key may do now: its own and its user's, and nothing once either has ended or no access point
// is open to it. open are the access points where it may be shown.
func (s *Service) KeyPermissions(key *db.APIKey, user *db.User, held Holdings, open []*db.AccessPoint) []string {
	if key.Status(db.At(s.now())) != db.KeyActive || user.Status != db.Active || len(open) == 0 {
		return []string{}
	}
	if key.Restricted {
		return held.Permissions.Intersect(access.NewSet(key.Permissions...)).Codes()
	}
	return held.Permissions.Codes()
}
