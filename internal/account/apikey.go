package account

import (
	"context"
	"errors"
	"time"

	"github.com/gatehouse/gatehouse/db"
	"github.com/gatehouse/gatehouse/internal/access"
	"github.com/gatehouse/gatehouse/internal/audit"
	"github.com/gatehouse/gatehouse/internal/mail"
	"github.com/gatehouse/gatehouse/internal/patch"
	"github.com/gatehouse/gatehouse/internal/problem"
	"github.com/gatehouse/gatehouse/internal/secret"
	"github.com/gatehouse/gatehouse/internal/typeid"
)

// CreateAPIKeyInput is what a new key is made from.
type CreateAPIKeyInput struct {
	UserID      typeid.ID
	Description string
	// AccessPoints are codes.
	AccessPoints []string
	// Permissions is nil for a key that may do all that its user may.
	Permissions  []string
	WhitelistIDs []typeid.ID
	ExpiresAt    *db.Time
}

// UpdateAPIKeyInput is what changes of a key.
type UpdateAPIKeyInput struct {
	ID           typeid.ID
	Revision     *int
	Description  patch.Field[*string]
	AccessPoints patch.Field[[]string]
	Permissions  patch.Field[[]string]
	WhitelistIDs patch.Field[[]typeid.ID]
	ExpiresAt    patch.Field[*db.Time]
	// Unrestricted has the key do all that its user may; NeverExpires takes its end away. Only true changes something.
	Unrestricted, NeverExpires *bool
}

// RotateAPIKeyInput says which key to put another in place of.
type RotateAPIKeyInput struct {
	ID           typeid.ID
	OverlapHours *int // nil: a day
}

const (
	maxLiveKeys    = 50
	usualOverlap   = 24 // hours
	longestOverlap = 720
)

// keyState is a key with all that it holds, before or after a change, and its user.
type keyState struct {
	key        *db.APIKey
	owner      userState
	points     []*db.AccessPoint
	whitelists []*db.Whitelist
}

// onKeys runs what changes a user's keys. It needs MANAGE_API_KEY.
func (s *Service) onKeys(ctx context.Context, viewer *access.Viewer, action audit.Action, fn func(tx *db.Tx, a *attempt) error) error {
	return s.change(ctx, viewer, action, []string{access.ManageAPIKey}, fn)
}

// CreateAPIKey makes a key of a user and returns it together with its text, which is stored nowhere.
func (s *Service) CreateAPIKey(ctx context.Context, viewer *access.Viewer, input CreateAPIKeyInput) (*db.APIKey, secret.Token, error) {
	var (
		key  *db.APIKey
		text secret.Token
	)
	err := s.onKeys(ctx, viewer, audit.APIKeyCreate, func(tx *db.Tx, a *attempt) error {
		owner, err := a.loadState(ctx, tx.Reader, input.UserID)
		if problem.Has(err, problem.NotFound) {
			return problem.New(problem.NotFound, "user.not_found", "userId")
		}
		if err != nil {
			return err
		}
		a.concerns = owner.user.ID
		state, err := a.readNewKey(ctx, tx.Reader, owner, input)
		if err != nil {
			return err
		}
		key = state.key
		if text, err = a.writeNewKey(ctx, tx, state); err != nil {
			return err
		}
		return a.tellOfKey(ctx, tx, mail.KeyCreated, key, owner.user)
	})
	if err != nil {
		return nil, "", err
	}
	return key, text, nil
}

// RotateAPIKey makes a key with everything of another one, which ends after the overlap.
func (s *Service) RotateAPIKey(ctx context.Context, viewer *access.Viewer, input RotateAPIKeyInput) (*db.APIKey, secret.Token, error) {
	var (
		next *db.APIKey
		text secret.Token
	)
	err := s.onKeys(ctx, viewer, audit.APIKeyRotate, func(tx *db.Tx, a *attempt) error {
		state, err := a.loadLiveKey(ctx, tx, input.ID)
		if err != nil {
			return err
		}
		var problems problem.List
		overlap := usualOverlap
		if input.OverlapHours != nil {
			overlap = between(0, longestOverlap)(&problems, "overlapHours", *input.OverlapHours)
		}
		if err := problems.Err(); err != nil {
			return err
		}
		old := state.key
		next = a.newKey(old.UserID, old.Description)
		next.Restricted, next.Permissions, next.ReplacesID = old.Restricted, old.Permissions, old.ID
		if old.ExpiresAt != 0 {
			next.ExpiresAt = a.now + old.ExpiresAt - old.CreatedAt
		}
		if longest := a.longestLife(); longest != 0 && (next.ExpiresAt == 0 || next.ExpiresAt > longest) {
			next.ExpiresAt = longest
		}
		before := *old
		if end := a.now.Add(time.Duration(overlap) * time.Hour); old.ExpiresAt == 0 || old.ExpiresAt > end {
			old.ExpiresAt = end
		}
		old.Revision++
		if err := tx.UpdateAPIKey(ctx, old); err != nil {
			return err
		}
		text, err = a.writeNewKey(ctx, tx, keyState{next, state.owner, state.points, state.whitelists})
		if conflict, ok := errors.AsType[*db.ConflictError](err); ok && conflict.On("replaces_id") {
			return problem.New(problem.Invalid, "api_key.rotated", "id")
		}
		if err != nil {
			return err
		}
		if err := a.record(ctx, tx, audit.APIKeyCreate, a.target, a.fields); err != nil {
			return err
		}
		a.target = keyTarget(old)
		a.fields = audit.Diff(&before, old, audit.Change("replacedBy", nil, []string{next.Hint}))
		return a.tellOfKey(ctx, tx, mail.KeyRotated, next, state.owner.user)
	})
	if err != nil {
		return nil, "", err
	}
	return next, text, nil
}

// RevokeAPIKey ends a key with the next request.
func (s *Service) RevokeAPIKey(ctx context.Context, viewer *access.Viewer, id typeid.ID) (*db.APIKey, error) {
	var key *db.APIKey
	err := s.onKeys(ctx, viewer, audit.APIKeyRevoke, func(tx *db.Tx, a *attempt) error {
		state, err := a.loadKey(ctx, tx, id)
		if err != nil {
			return err
		}
		key = state.key
		if key.RevokedAt != 0 {
			return errUnchanged
		}
		before := *key
		key.RevokedAt = a.now
		key.Revision++
		a.fields = audit.Diff(&before, key)
		return tx.UpdateAPIKey(ctx, key)
	})
	return orNil(key, err)
}

// UpdateAPIKey changes a key that can still be used, for its next request.
func (s *Service) UpdateAPIKey(ctx context.Context, viewer *access.Viewer, input UpdateAPIKeyInput) (*db.APIKey, error) {
	var key *db.APIKey
	err := s.onKeys(ctx, viewer, audit.APIKeyUpdate, func(tx *db.Tx, a *attempt) error {
		before, err := a.loadLiveKey(ctx, tx, input.ID)
		if err != nil {
			return err
		}
		if err := checkRevision(input.Revision, before.key.Revision); err != nil {
			return err
		}
		after, err := a.readKeyUpdate(ctx, tx.Reader, before, input)
		if err != nil {
			return err
		}
		key = after.key
		if a.noteKey(before, after); len(a.fields) == 0 {
			*key = *before.key
			return errUnchanged
		}
		if key.ExpiresAt != before.key.ExpiresAt {
			key.WarnedDays = 0
		}
		key.Revision++
		if err := tx.UpdateAPIKey(ctx, key); err != nil {
			return err
		}
		if err := tx.SetAPIKeyAccessPoints(ctx, key.ID, each(after.points, accessPointID)); err != nil {
			return err
		}
		if err := tx.SetAPIKeyWhitelists(ctx, key.ID, each(after.whitelists, whitelistID)); err != nil {
			return err
		}
		return a.tellOfKey(ctx, tx, mail.KeyUpdated, key, after.owner.user)
	})
	return orNil(key, err)
}

func (a *attempt) newKey(userID typeid.ID, description string) *db.APIKey {
	key := &db.APIKey{
		ID: typeid.New("key"), AccountID: a.accountID, UserID: userID, Description: description, CreatedAt: a.now, Revision: 1,
	}
	if a.viewer != nil {
		key.CreatedBy = a.viewer.User.ID
	}
	return key
}

// writeNewKey makes the text of a key, and writes everything but it.
func (a *attempt) writeNewKey(ctx context.Context, tx *db.Tx, state keyState) (secret.Token, error) {
	live, err := tx.CountLiveAPIKeys(ctx, state.key.UserID, a.now)
	if err != nil {
		return "", err
	}
	if live >= maxLiveKeys {
		return "", problem.New(problem.TooLong, "api_key.too_many", "", "limit", maxLiveKeys)
	}
	text := secret.NewShown(secret.APIKey)
	state.key.KeyHash, state.key.Hint = text.Hash(), text.Hint()
	a.target = keyTarget(state.key)
	a.noteKey(keyState{}, state)
	return text, tx.CreateAPIKey(ctx, state.key, each(state.points, accessPointID), each(state.whitelists, whitelistID))
}

// loadKey finds what an operation is about, and asks whether its user is the viewer's to manage.
func (a *attempt) loadKey(ctx context.Context, tx *db.Tx, id typeid.ID) (keyState, error) {
	key, err := tx.APIKeyByID(ctx, a.accountID, id)
	if errors.Is(err, db.ErrNotFound) {
		return keyState{}, problem.New(problem.NotFound, "api_key.not_found", "id")
	}
	if err != nil {
		return keyState{}, err
	}
	a.concerns = key.UserID
	state := keyState{key: key}
	if state.owner, err = a.loadState(ctx, tx.Reader, key.UserID); err != nil {
		return state, err
	}
	a.target = keyTarget(key)
	points, err := tx.AccessPointsByAPIKey(ctx, []typeid.ID{id})
	if err != nil {
		return state, err
	}
	lists, err := tx.WhitelistsByAPIKey(ctx, []typeid.ID{id})
	if err != nil {
		return state, err
	}
	state.points, state.whitelists = points[id], lists[id]
	return state, a.mayManage(state.owner.user, state.owner.roles)
}

// loadLiveKey is loadKey for what only a key that can be used may have done to it.
func (a *attempt) loadLiveKey(ctx context.Context, tx *db.Tx, id typeid.ID) (keyState, error) {
	state, err := a.loadKey(ctx, tx, id)
	if err == nil && state.key.Status(a.now) != db.KeyActive {
		return state, problem.New(problem.Invalid, "api_key.ended", "id")
	}
	return state, err
}

func keyTarget(key *db.APIKey) audit.Target {
	return audit.Target{ID: key.ID, Name: key.Description + " (" + key.Hint + ")"}
}

// noteKey tells what differs between two states of a key. The zero state is no key.
func (a *attempt) noteKey(before, after keyState) {
	points := audit.Change("accessPoints", each(before.points, accessPointCode), each(after.points, accessPointCode))
	whitelists := audit.Change("whitelists", each(before.whitelists, whitelistName), each(after.whitelists, whitelistName))
	a.fields = audit.Diff(before.key, after.key, points, whitelists)
	if before.key == nil {
		a.fields = append(audit.Change("user", nil, []string{access.QualifiedName(a.account, after.owner.user)}), a.fields...)
	}
}
