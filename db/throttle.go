package db

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"strings"

	"github.com/uptrace/bun"

	"github.com/gatehouse/gatehouse/internal/text"
)

// Throttle counts wrong tries under a key, existing user or not.
type Throttle struct {
	bun.BaseModel `bun:"table:throttles,alias:throttle"`

	Key       string `bun:"throttle_key,pk"`
	Failures  int
	BeganAt   Time // when the first failure of the present run was
	Until     Time // tries are refused until then; zero: they are not
	UpdatedAt Time
	Reserved  JSON[[]Reservation] // tries under way, which may yet fail
}

// Reservation is the place of one try under way. It counts for nothing after Until.
type Reservation struct {
	ID    string `json:"id"`
	Until Time   `json:"until"`
}

// NameThrottle is the key of an account's handle and a login name as somebody typed them: everything that signing in takes
// for the same name has the same key. What cannot be a name is digested: it may be of any length, and may be a password in
// the wrong field.
func NameThrottle(handle, loginName string) string {
	handle, loginName = text.Key(strings.TrimSpace(handle)), text.Key(strings.TrimSpace(loginName))
	if text.IsHandle(handle) && text.IsLoginName(loginName) {
		return "name:" + handle + "/" + loginName
	}
	digest := sha256.Sum256([]byte(handle + "/" + loginName))
	return "other:" + hex.EncodeToString(digest[:])
}

// ThrottlesByKey returns those of the throttles that there are.
func (r Reader) ThrottlesByKey(ctx context.Context, keys []string) (map[string]*Throttle, error) {
	byKey := make(map[string]*Throttle, len(keys))
	if len(keys) == 0 {
		return byKey, nil
	}
	var throttles []*Throttle
	err := r.idb.NewSelect().Model(&throttles).Where("throttle_key IN (?)", bun.List(keys)).Scan(ctx)
	for _, throttle := range throttles {
		byKey[throttle.Key] = throttle
	}
	return byKey, translate(err)
}

// LockThrottle returns the throttle of a key, made when it is missing, and makes other transactions that want it wait:
// of tries at the same moment none is counted by two, or by nobody.
func (tx *Tx) LockThrottle(ctx context.Context, key string, now Time) (*Throttle, error) {
	throttle := &Throttle{Key: key, UpdatedAt: now, Reserved: JSON[[]Reservation]{[]Reservation{}}}
	err := tx.idb.NewInsert().Model(throttle).
		On("CONFLICT (throttle_key) DO UPDATE").Set("updated_at = EXCLUDED.updated_at").Returning("*").Scan(ctx)
	return throttle, translate(err)
}

// SaveThrottle writes a throttle that was locked.
func (tx *Tx) SaveThrottle(ctx context.Context, throttle *Throttle) error {
	return affected(tx.idb.NewUpdate().Model(throttle).WherePK().Exec(ctx))
}

// DeleteThrottle forgets all tries under a key.
func (tx *Tx) DeleteThrottle(ctx context.Context, key string) error {
	_, err := tx.idb.NewDelete().Model((*Throttle)(nil)).Where("throttle_key = ?", key).Exec(ctx)
	return translate(err)
}
