package account

import (
	"slices"
	"testing"

	"github.com/gatehouse/gatehouse/db"
	"github.com/gatehouse/gatehouse/db/dbtest"
	"github.com/gatehouse/gatehouse/internal/access"
	"github.com/gatehouse/gatehouse/internal/audit"
	"github.com/gatehouse/gatehouse/internal/problem"
	"github.com/gatehouse/gatehouse/internal/typeid"
)

// Everybody sees what they did and what was done to them; the whole trail needs VIEW_AUDIT, and nobody sees another
// account's.
func TestAuditEventsWithinWhatTheViewerMaySee(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, store *db.DB) {
		s, other := newSite(t, store, "acme"), newSite(t, store, "other")
		jane, auditor := s.holder("jane", access.UpdateUser), s.holder("auditor", access.ViewAudit)
		record := func(site *site, by *access.Viewer, action audit.Action, on *access.Viewer) {
			t.Helper()
			err := store.Change(t.Context(), func(tx *db.Tx) error {
				return audit.Record(t.Context(), tx, siteTime, audit.Event{
					AccountID: site.account.ID, Actor: by.Actor(), Action: action, Target: userTarget(site.account, on.User),
				})
			})
			if err != nil {
				t.Fatal(err)
			}
		}
		record(s, jane, audit.UserUpdate, s.boss)
		record(s, s.boss, audit.UserUnlock, jane)
		record(s, s.boss, audit.UserDeactivate, auditor)
		record(other, other.boss, audit.UserCreate, other.boss)

		list := func(viewer *access.Viewer, filter db.AuditEventFilter) []string {
			t.Helper()
			page := must[db.List[db.AuditEvent]](t)(s.service.AuditEvents(t.Context(), viewer, filter, db.Page{Limit: 10}))
			actions := each(page.Items, func(e *db.AuditEvent) string { return e.Action })
			if count := must[*int](t)(s.service.CountAuditEvents(t.Context(), viewer, filter, true)); *count != len(actions) {
				t.Errorf("%s: counts %d of %v", viewer.User.LoginName, *count, actions)
			}
			slices.Sort(actions)
			return actions
		}
		for name, c := range map[string]struct {
			viewer *access.Viewer
			filter db.AuditEventFilter
			want   []string
		}{
			"one's own":                     {jane, db.AuditEventFilter{}, []string{"user.unlock", "user.update"}},
			"one's own, of somebody else":   {jane, db.AuditEventFilter{SubjectID: &auditor.User.ID}, []string{}},
			"one's own, by somebody":        {jane, db.AuditEventFilter{ActorID: &s.boss.User.ID}, []string{"user.unlock"}},
			"everything":                    {auditor, db.AuditEventFilter{}, []string{"user.deactivate", "user.unlock", "user.update"}},
			"everything of somebody":        {auditor, db.AuditEventFilter{SubjectID: &jane.User.ID}, []string{"user.unlock", "user.update"}},
			"of another account's user":     {auditor, db.AuditEventFilter{SubjectID: &other.boss.User.ID}, []string{}},
			"another account's own trail":   {other.boss, db.AuditEventFilter{}, []string{"user.create"}},
			"another account's, of a user":  {other.boss, db.AuditEventFilter{SubjectID: &jane.User.ID}, []string{}},
			"of an action that did not yet": {auditor, db.AuditEventFilter{Actions: []string{"role.create"}}, []string{}},
		} {
			if got := list(c.viewer, c.filter); !slices.Equal(got, c.want) {
				t.Errorf("%s: %v, want %v", name, got, c.want)
			}
		}
		_, err := s.service.AuditEvents(t.Context(), auditor, db.AuditEventFilter{Actions: []string{"user.update", "user.updaet"}}, db.Page{Limit: 1})
		if !problem.Has(err, problem.Invalid) {
			t.Errorf("an action that no event can have: %v", err)
		}

		_, err = s.service.AuditEventsOfUser(t.Context(), jane, auditor.User.ID, db.Page{Limit: 1})
		wantForbidden(t, "somebody else's trail", err, access.ViewAudit)
		_, err = s.service.CountAuditEventsOfUser(t.Context(), jane, auditor.User.ID, true)
		wantForbidden(t, "the length of somebody else's trail", err, access.ViewAudit)
		own := must[db.List[db.AuditEvent]](t)(s.service.AuditEventsOfUser(t.Context(), jane, jane.User.ID, db.Page{Limit: 10}))
		if count := must[*int](t)(s.service.CountAuditEventsOfUser(t.Context(), auditor, jane.User.ID, true)); len(own.Items) != 2 || *count != 2 {
			t.Errorf("Jane's trail: %d events, counted %d", len(own.Items), *count)
		}

		all := must[db.List[db.AuditEvent]](t)(s.service.AuditEvents(t.Context(), auditor, db.AuditEventFilter{}, db.Page{Limit: 10}))
		asked := each(all.Items, func(e *db.AuditEvent) typeid.ID { return e.ID })
		for viewer, want := range map[*access.Viewer]int{auditor: 3, jane: 2, other.boss: 0} {
			if found, err := s.service.AuditEventsByID(t.Context(), viewer, asked); err != nil || len(found) != want {
				t.Errorf("%s finds %d by ID, %v; want %d", viewer.User.LoginName, len(found), err, want)
			}
		}
	})
}
