package db_test

import (
	"cmp"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/gatehouse/gatehouse/db"
	"github.com/gatehouse/gatehouse/db/dbtest"
	"github.com/gatehouse/gatehouse/internal/typeid"
)

// trail is a small account's past, several events a millisecond, with a second account beside it.
type trail struct {
	account    typeid.ID
	jane, john typeid.ID
	events     []*db.AuditEvent // newest first
}

func newTrail(t *testing.T, store *db.DB) trail {
	t.Helper()
	story := trail{account: typeid.New("account"), jane: typeid.New("user"), john: typeid.New("user")}
	other := typeid.New("account")
	random := rand.New(rand.NewPCG(1, 2))
	people := []typeid.ID{"", story.jane, story.john}
	err := store.Backdated().Change(t.Context(), func(tx *db.Tx) error {
		for _, id := range []typeid.ID{story.account, other} {
			if err := tx.CreateAccount(t.Context(), &db.Account{ID: id, Handle: string(id)[20:]}); err != nil {
				return err
			}
		}
		for i := range 60 {
			event := &db.AuditEvent{
				AccountID: story.account, At: db.Time(1000 + random.IntN(20)),
				Action:   []string{"user.update", "role.update", "session.signIn"}[random.IntN(3)],
				Outcome:  []db.AuditOutcome{db.Succeeded, db.Denied, db.Failed}[random.IntN(3)],
				Actor:    db.Actor{ActorID: people[random.IntN(3)]},
				TargetID: people[random.IntN(3)],
			}
			if i%10 == 9 {
				event.AccountID = other
			} else {
				story.events = append(story.events, event)
			}
			tx.RecordEvent(event)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	slices.SortFunc(story.events, func(a, b *db.AuditEvent) int {
		return cmp.Or(cmp.Compare(b.At, a.At), cmp.Compare(b.ID, a.ID))
	})
	return story
}

func (s trail) where(holds func(*db.AuditEvent) bool) []typeid.ID {
	var ids []typeid.ID
	for _, event := range s.events {
		if holds(event) {
			ids = append(ids, event.ID)
		}
	}
	return ids
}

func involves(event *db.AuditEvent, user typeid.ID) bool {
	return event.ActorID == user || event.TargetID == user
}

// Whatever the filter and whatever the page size, walking forward and backward tells the same events as looking at each.
func TestAuditEventsByFilterAndPage(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, store *db.DB) {
		story := newTrail(t, store)
		from, to := db.Time(1005), db.Time(1015)
		whole, janes := db.AuditScope{AccountID: story.account}, db.AuditScope{AccountID: story.account, UserID: story.jane}
		cases := map[string]struct {
			scope  db.AuditScope
			filter db.AuditEventFilter
			holds  func(*db.AuditEvent) bool
		}{
			"all":    {whole, db.AuditEventFilter{}, func(*db.AuditEvent) bool { return true }},
			"actor":  {whole, db.AuditEventFilter{ActorID: &story.jane}, func(e *db.AuditEvent) bool { return e.ActorID == story.jane }},
			"target": {whole, db.AuditEventFilter{TargetID: &story.jane}, func(e *db.AuditEvent) bool { return e.TargetID == story.jane }},
			"subject": {whole, db.AuditEventFilter{SubjectID: &story.john},
				func(e *db.AuditEvent) bool { return involves(e, story.john) }},
			"actions and outcomes": {whole, db.AuditEventFilter{Actions: []string{"user.update", "role.update"}, Outcomes: []db.AuditOutcome{db.Denied}},
				func(e *db.AuditEvent) bool { return e.Action != "session.signIn" && e.Outcome == db.Denied }},
			"time": {whole, db.AuditEventFilter{From: &from, To: &to}, func(e *db.AuditEvent) bool { return e.At >= from && e.At < to }},
			"own":  {janes, db.AuditEventFilter{}, func(e *db.AuditEvent) bool { return involves(e, story.jane) }},
			"own with oneself as subject": {janes, db.AuditEventFilter{SubjectID: &story.jane},
				func(e *db.AuditEvent) bool { return involves(e, story.jane) }},
			"own with another": {janes, db.AuditEventFilter{SubjectID: &story.john, Outcomes: []db.AuditOutcome{db.Succeeded, db.Failed}},
				func(e *db.AuditEvent) bool {
					return involves(e, story.jane) && involves(e, story.john) && e.Outcome != db.Denied
				}},
		}
		for name, c := range cases {
			want := story.where(c.holds)
			if len(want) == 0 {
				t.Errorf("%s: the story has no such event", name)
			}
			for _, limit := range []int{1, 7, 100} {
				for _, backward := range []bool{false, true} {
					if got := walk(t, store, c.scope, c.filter, limit, backward); !slices.Equal(got, want) {
						t.Errorf("%s, pages of %d, backward %v:\ngot  %v\nwant %v", name, limit, backward, got, want)
					}
				}
			}
			count, err := store.CountAuditEvents(t.Context(), c.scope, c.filter, false)
			if err != nil || count == nil || *count != len(want) {
				t.Errorf("%s: count %v, %v, want %d", name, count, err, len(want))
			}
		}
	})
}

// walk goes through all pages and holds what each says about its neighbours to what comes.
func walk(t *testing.T, store *db.DB, scope db.AuditScope, filter db.AuditEventFilter, limit int, backward bool) []typeid.ID {
	t.Helper()
	var ids []typeid.ID
	page := db.Page{Limit: limit, Backward: backward}
	for first := true; ; first = false {
		list, err := store.AuditEvents(t.Context(), scope, filter, page)
		if err != nil {
			t.Fatal(err)
		}
		var part []typeid.ID
		for _, event := range list.Items {
			part = append(part, event.ID)
		}
		ahead, behind := list.HasNext, list.HasPrevious
		if backward {
			ids, ahead, behind = append(part, ids...), behind, ahead
		} else {
			ids = append(ids, part...)
		}
		if behind == first {
			t.Fatalf("page after %v: says %v of those before it", ids, behind)
		}
		if !ahead {
			return ids
		}
		if len(part) != limit {
			t.Fatalf("a page of %d says that more follow", len(part))
		}
		last, top := list.Items[len(part)-1].Cursor(), list.Items[0].Cursor()
		if backward {
			page.Before = &top
		} else {
			page.After = &last
		}
	}
}

// Another account's event, and one that the scope does not show, behave like one that does not exist.
func TestAuditEventsByIDKeepToTheirScope(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, store *db.DB) {
		story := newTrail(t, store)
		all := story.where(func(*db.AuditEvent) bool { return true })
		for name, c := range map[string]struct {
			scope db.AuditScope
			want  []typeid.ID
		}{
			"whole":           {db.AuditScope{AccountID: story.account}, all},
			"own":             {db.AuditScope{AccountID: story.account, UserID: story.jane}, story.where(func(e *db.AuditEvent) bool { return involves(e, story.jane) })},
			"another account": {db.AuditScope{AccountID: typeid.New("account")}, nil},
		} {
			found, err := store.AuditEventsByID(t.Context(), c.scope, all)
			if err != nil || len(found) != len(c.want) {
				t.Fatalf("%s: %d events, %v, want %d", name, len(found), err, len(c.want))
			}
			for _, id := range c.want {
				if found[id] == nil || found[id].ID != id {
					t.Errorf("%s: %s is missing", name, id)
				}
			}
		}
	})
}
