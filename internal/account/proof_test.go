package account

import (
	"errors"
	"testing"
	"time"

	"github.com/gatehouse/gatehouse/db"
	"github.com/gatehouse/gatehouse/db/dbtest"
	"github.com/gatehouse/gatehouse/internal/access"
	"github.com/gatehouse/gatehouse/internal/secret"
)

// The proof counts as it is at the commit, for the cookie that the request came with: a request under way gains nothing
// from a step-up of the session's owner, and makes nobody an administrator after the session has ended.
func TestProofIsJudgedAtTheCommit(t *testing.T) {
	for name, c := range map[string]struct {
		meanwhile func(h *house, session *db.Session)
		want      error
	}{
		"time passes": {func(h *house, _ *db.Session) { h.now = h.now.Add(time.Second) }, access.ErrStepUpRequired},
		"the session ends": {func(h *house, session *db.Session) {
			h.touch(func(tx *db.Tx) error { return tx.DeleteSession(h.t.Context(), session.ID) })
		}, access.ErrUnauthenticated},
		"the owner proves who they are": {func(h *house, session *db.Session) {
			raised := *session
			raised.ProvenAt = db.At(h.now)
			h.touch(func(tx *db.Tx) error { return tx.RaiseSession(h.t.Context(), &raised, secret.NewToken().Hash()) })
		}, access.ErrUnauthenticated},
	} {
		t.Run(name, func(t *testing.T) {
			dbtest.Each(t, func(t *testing.T, store *db.DB) {
				h := newHouse(t, store)
				jane := h.create(h.newUser("jane"))
				viewer := h.proven(h.boss, h.now.Add(time.Second-access.ProofLifetimeForOthers))
				c.meanwhile(h, viewer.Session)
				_, err := h.service.UpdateUser(t.Context(), viewer, UpdateUserInput{ID: jane.ID, RoleIDs: theIDs(h.admin.ID)})
				if !errors.Is(err, c.want) {
					t.Errorf("%v, want %v", err, c.want)
				}
				if names := h.roleNames(jane.ID); len(names) != 1 || names[0] == "admin" {
					t.Errorf("roles: %q", names)
				}
			})
		})
	}
}
