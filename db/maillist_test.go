package db_test

import (
	"fmt"
	"slices"
	"testing"

	"github.com/gatehouse/gatehouse/db"
	"github.com/gatehouse/gatehouse/db/dbtest"
	"github.com/gatehouse/gatehouse/internal/typeid"
)

// Mails are listed newest first, by what became of them and whom they are about, page by page, and without what they say.
func TestMailsAreListed(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, store *db.DB) {
		f := fill(t, store, 3)
		jane, john := typeid.ID("user_0000000000000000000000001"), typeid.ID("user_0000000000000000000000002")
		for i, mail := range []db.Mail{
			{UserID: jane, Subject: "sent", SentAt: 9, Attempts: 1},
			{UserID: jane, Subject: "waits", DueAt: 99},
			{UserID: john, Subject: "failed", GivenUpAt: 9, Attempts: 1, Problem: db.RecipientUnknown},
			{UserID: john, Subject: "waits again", DueAt: 99, Attempts: 1, Problem: db.Deferred},
		} {
			mail.ID, mail.AccountID, mail.CreatedAt, mail.TextBody, mail.HTMLBody = typeid.New("mail"), f.account.ID, db.Time(i), "link", "link"
			if err := store.Touch(t.Context(), func(tx *db.Tx) error { return tx.QueueMail(t.Context(), &mail) }); err != nil {
				t.Fatal(err)
			}
		}
		subjects := func(filter db.MailFilter, page db.Page) (got []string) {
			t.Helper()
			list, err := store.Mails(t.Context(), f.account.ID, filter, page)
			if err != nil {
				t.Fatal(err)
			}
			for _, mail := range list.Items {
				if got = append(got, mail.Subject); mail.TextBody+mail.HTMLBody != "" {
					t.Error("a list reads what mails say")
				}
			}
			return got
		}
		for _, c := range []struct {
			filter db.MailFilter
			want   []string
		}{
			{db.MailFilter{}, []string{"waits again", "failed", "waits", "sent"}},
			{db.MailFilter{UserIDs: []typeid.ID{jane}}, []string{"waits", "sent"}},
			{db.MailFilter{UserIDs: []typeid.ID{jane, john}, States: []db.MailState{db.MailWaiting}}, []string{"waits again", "waits"}},
			{db.MailFilter{States: []db.MailState{db.MailWaiting}}, []string{"waits again", "waits"}},
			{db.MailFilter{States: []db.MailState{db.MailUndone}}, []string{"failed"}},
			{db.MailFilter{States: []db.MailState{db.MailDelivered}}, []string{"sent"}},
			{db.MailFilter{States: []db.MailState{db.MailUndone, db.MailWaiting}}, []string{"waits again", "failed", "waits"}},
			{db.MailFilter{States: []db.MailState{db.MailUndone, db.MailDelivered}}, []string{"failed", "sent"}},
			{db.MailFilter{States: []db.MailState{db.MailDelivered, db.MailWaiting}}, []string{"waits again", "waits", "sent"}},
			{db.MailFilter{States: []db.MailState{db.MailDelivered, db.MailWaiting, db.MailUndone}}, []string{"waits again", "failed", "waits", "sent"}},
		} {
			if got := subjects(c.filter, db.Page{Limit: 10}); !slices.Equal(got, c.want) {
				t.Errorf("%v: %q, want %q", c.filter, got, c.want)
			}
			if n, err := store.CountMails(t.Context(), f.account.ID, c.filter, false); err != nil || *n != len(c.want) {
				t.Errorf("%v: counted %v, %v", c.filter, n, err)
			}
		}
		first, err := store.Mails(t.Context(), f.account.ID, db.MailFilter{}, db.Page{Limit: 2})
		if err != nil || !first.HasNext {
			t.Fatal(first, err)
		}
		cursor := first.Items[1].Cursor()
		if got := subjects(db.MailFilter{}, db.Page{Limit: 2, After: &cursor}); !slices.Equal(got, []string{"waits", "sent"}) {
			t.Errorf("the second page: %q", got)
		}
		found, err := store.MailsByID(t.Context(), f.account.ID, []typeid.ID{first.Items[0].ID, typeid.New("mail")})
		if err != nil || len(found) != 1 || found[first.Items[0].ID].TextBody != "" {
			t.Errorf("by ID: %v, %v", found, err)
		}
		if found, err := store.MailsByID(t.Context(), typeid.New("account"), []typeid.ID{first.Items[0].ID}); err != nil || len(found) != 0 {
			t.Errorf("by ID in another account: %v, %v", found, err)
		}
	})
}

// Lists of mails, and the mails of a page of users, are read through indexes, among many mails that were sent.
func TestPlansOfMails(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, store *db.DB) {
		f := fill(t, store, crowdSize/3)
		for _, statement := range []string{
			`INSERT INTO mails (id, account_id, user_id, kind, recipient, recipient_name, language, subject, text_body, html_body, created_at, due_at, attempts,
				answer, problem, sent_at, given_up_at) SELECT 'mail_' || substr(id, 6), account_id, id, 'welcome', email, '', 'EN', '', '', '', created_at, 1, 1, '',
				CASE WHEN status = 'INVITED' THEN 'OTHER' ELSE '' END, CASE WHEN status = 'INVITED' THEN 0 ELSE 5 END, CASE WHEN status = 'INVITED' THEN 5 ELSE 0 END FROM users`,
			"ANALYZE",
		} {
			if err := store.Exec(t.Context(), statement); err != nil {
				t.Fatal(err)
			}
		}
		check := func(name string, ask func(db.Reader) error) {
			t.Helper()
			plans, err := store.Plans(t.Context(), ask)
			if err != nil {
				t.Fatalf("%s: %v", name, err)
			}
			for _, plan := range plans {
				if fault := faultOf(plan); fault != "" {
					t.Errorf("%s: %s\n%s\n%s", name, fault, plan.Statement, plan.Steps)
				}
			}
		}
		for name, filter := range map[string]db.MailFilter{
			"all": {}, "failed": {States: []db.MailState{db.MailUndone}}, "undelivered": {States: []db.MailState{db.MailUndone, db.MailWaiting}},
			"of a user": {UserIDs: []typeid.ID{f.user}},
		} {
			for where, page := range pagesAround(db.Cursor{Key: "1000", ID: f.user}) {
				check(fmt.Sprint(name, " ", where), func(r db.Reader) error {
					_, err := r.Mails(t.Context(), f.account.ID, filter, page)
					return err
				})
			}
		}
		var ids []typeid.ID
		for i := range 50 {
			ids = append(ids, typeid.ID(fmt.Sprintf("user_%025d", i)))
		}
		check("undelivered of users", func(r db.Reader) error {
			found, err := r.UndeliveredMails(t.Context(), f.account.ID, ids)
			if err == nil && (len(found) != 1 || found["user_0000000000000000000000011"] == nil) {
				t.Errorf("undelivered: %v", found)
			}
			return err
		})
	})
}
