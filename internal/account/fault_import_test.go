package account

import (
	"context"
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/gatehouse/gatehouse/db"
	"github.com/gatehouse/gatehouse/db/dbtest"
	"github.com/gatehouse/gatehouse/internal/typeid"
)

// whileComposing has something done each time that a mail is composed.
func (h *house) whileComposing(do func()) {
	h.service.mail.Now = func() time.Time {
		do()
		return h.now
	}
}

// While an import judges its lines and composes its mails, others write.
func TestFaultOthersWriteWhileAnImportIsPrepared(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, store *db.DB) {
		h := newHouse(t, store)
		written := 0
		h.whileComposing(func() {
			ctx, cancel := context.WithTimeout(t.Context(), 2*time.Second)
			defer cancel()
			err := store.TouchAccount(ctx, h.account.ID, func(tx *db.Tx) error {
				return tx.CreateAccount(ctx, &db.Account{ID: typeid.New("account"), Handle: fmt.Sprint("other-", written)})
			})
			if err != nil {
				t.Errorf("nobody can write during the import: %v", err)
			}
			written++
		})
		file := importHead
		for i := range 3 {
			file += fmt.Sprintf("PERSONAL,user-%d,User,user-%d@acme.example,EN,all,WEB,,\n", i, i)
		}
		report := h.importUsers(file, false)
		if report.Created != 3 || written != 3 {
			t.Errorf("created %d while %d others wrote", report.Created, written)
		}
		for i := range 3 {
			if user, err := store.UserByLoginName(t.Context(), h.account.ID, fmt.Sprint("user-", i)); err != nil || user.Search == "" {
				t.Errorf("user %d: %v, %v", i, user, err)
			}
		}
	})
}

// What was changed while an import was prepared counts: its lines are judged anew, and nobody is created by what was so before.
func TestFaultAnImportIsJudgedByWhatIsSoAtItsEnd(t *testing.T) {
	for name, c := range map[string]struct {
		change func(h *house, role *db.Role)
		faults []string
	}{
		"the name is taken": {
			func(h *house, _ *db.Role) { h.person("second") }, []string{"3 login_name login_name.taken", "3 email email.taken"},
		},
		"the role is gone": {
			func(h *house, role *db.Role) {
				h.touch(func(tx *db.Tx) error { return tx.DeleteRole(h.t.Context(), role) })
			}, []string{"2 roles import.role_not_found"},
		},
		"the role has another name": {
			func(h *house, role *db.Role) {
				changed := *role
				changed.Name, changed.Revision = "Others", 2
				h.touch(func(tx *db.Tx) error { return tx.UpdateRole(h.t.Context(), &changed) })
			}, []string{"2 roles import.role_not_found"},
		},
		"another role has come": {func(h *house, _ *db.Role) { h.role("New") }, nil},
	} {
		t.Run(name, func(t *testing.T) {
			dbtest.Each(t, func(t *testing.T, store *db.DB) {
				h := newHouse(t, store)
				role, done := h.role("Support"), false
				h.whileComposing(func() {
					if !done {
						done = true
						c.change(h, role)
					}
				})
				report := h.importUsers(importHead+
					"PERSONAL,first,First,first@acme.example,EN,Support,WEB,,\n"+
					"PERSONAL,second,Second,second@acme.example,EN,all,WEB,,\n", false)
				if got := faults(report); !slices.Equal(got, c.faults) && len(got)+len(c.faults) > 0 {
					t.Errorf("faults: %q, want %q", got, c.faults)
				}
				_, err := store.UserByLoginName(t.Context(), h.account.ID, "first")
				if created := err == nil; created != (c.faults == nil) || created != (report.Created == 2) {
					t.Errorf("created: %v, %+v", created, report)
				}
			})
		})
	}
}
