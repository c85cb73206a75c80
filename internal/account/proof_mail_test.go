package account

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/gatehouse/gatehouse/db"
	"github.com/gatehouse/gatehouse/db/dbtest"
	"github.com/gatehouse/gatehouse/internal/patch"
	"github.com/gatehouse/gatehouse/internal/problem"
)

// Rule 8: whoever is concerned by an act that opens access hears of it by mail, once, and of nothing when nothing changed or
// the act was refused. No mail repeats what the one who acts has typed.
func TestActsOnOthersAreToldByMail(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, store *db.DB) {
		h := newHouse(t, store)
		ctx, s := t.Context(), h.service
		input := h.newUser("jane")
		input.AccessPoints = []string{db.Web, "API"}
		jane := h.create(input)
		support := h.role("Visit https://evil.example", "UPDATE_DOMAIN")
		office := h.whitelist("https://evil.example", "192.0.2.0/24")
		var key *db.APIKey
		h.mails()
		for _, act := range []struct {
			name string
			do   func() error
			want []string
		}{
			{"roles", func() error {
				_, err := h.update(h.boss, UpdateUserInput{ID: jane.ID, RoleIDs: theIDs(support.ID)})
				return err
			}, []string{"accessChanged"}},
			{"the same roles", func() error {
				_, err := h.update(h.boss, UpdateUserInput{ID: jane.ID, RoleIDs: theIDs(support.ID)})
				return err
			}, nil},
			{"a name", func() error {
				_, err := h.update(h.boss, UpdateUserInput{ID: jane.ID, Name: patch.To("Jane")})
				return err
			}, nil},
			{"whitelists and report-only", func() error {
				_, err := h.update(h.boss, UpdateUserInput{ID: jane.ID, WhitelistIDs: theIDs(office.ID), WhitelistsReportOnly: patch.To(true)})
				return err
			}, []string{"accessChanged"}},
			{"an old proof", func() error {
				_, err := h.update(h.proven(h.boss, h.now.Add(-time.Hour)), UpdateUserInput{ID: jane.ID, MFAForced: patch.To(true)})
				if err == nil {
					t.Error("an old proof suffices")
				}
				return nil
			}, nil},
			{"unlock without a lock", func() error { _, err := s.UnlockUser(ctx, h.boss, jane.ID); return err }, nil},
			{"unlock", func() error {
				h.touch(func(tx *db.Tx) error {
					tries, err := tx.LockThrottle(ctx, db.NameThrottle("acme", "jane"), db.At(h.now))
					if err != nil {
						return err
					}
					tries.Failures = 11
					return tx.SaveThrottle(ctx, tries)
				})
				_, err := s.UnlockUser(ctx, h.boss, jane.ID)
				return err
			}, []string{"unlocked"}},
			{"create a key", func() (err error) {
				key, _, err = s.CreateAPIKey(ctx, h.boss, CreateAPIKeyInput{UserID: jane.ID, Description: "https://evil.example", AccessPoints: []string{"API"}})
				return err
			}, []string{"keyCreated"}},
			{"change a key", func() error {
				_, err := s.UpdateAPIKey(ctx, h.boss, UpdateAPIKeyInput{ID: key.ID, Permissions: patch.Of([]string{})})
				return err
			}, []string{"keyUpdated"}},
			{"rotate a key", func() error { _, _, err := s.RotateAPIKey(ctx, h.boss, RotateAPIKeyInput{ID: key.ID}); return err }, []string{"keyRotated"}},
		} {
			if err := act.do(); err != nil && len(problem.From(err)) == 0 {
				t.Errorf("%s: %v", act.name, err)
			}
			mails := h.mails()
			if kinds := each(mails, func(m *db.Mail) string { return m.Kind }); !slices.Equal(kinds, act.want) {
				t.Errorf("%s: mails %q, want %q", act.name, kinds, act.want)
			}
			for _, m := range mails {
				if m.UserID != jane.ID || !strings.Contains(m.TextBody, "acme/boss") || strings.Contains(m.TextBody+m.HTMLBody, "evil.example") {
					t.Errorf("%s: %s", act.name, m.TextBody)
				}
			}
		}
	})
}
