package account

import (
	"bytes"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/gatehouse/gatehouse/db"
	"github.com/gatehouse/gatehouse/db/dbtest"
	"github.com/gatehouse/gatehouse/internal/audit"
	"github.com/gatehouse/gatehouse/internal/problem"
	"github.com/gatehouse/gatehouse/internal/secret"
)

// The same key and input give the first answer for 24 hours; another input, or only another password, does not.
func TestCreateUserIsIdempotent(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, store *db.DB) {
		h := newHouse(t, store)
		input := h.newUser("jane")
		input.IdempotencyKey, input.Password = new("form 1"), new(goodPassword)
		first := h.create(input)
		h.mails()
		if again := h.create(input); again.ID != first.ID || len(h.mails()) > 0 || len(h.events(audit.UserCreate)) != 1 {
			t.Error("a repetition creates again")
		}
		for name, change := range map[string]func(*CreateUserInput){
			"another name":     func(in *CreateUserInput) { in.LoginName = "john" },
			"another password": func(in *CreateUserInput) { in.Password = new(goodPassword + "!") },
			"no password":      func(in *CreateUserInput) { in.Password = nil },
		} {
			other := input
			change(&other)
			_, err := h.service.CreateUser(t.Context(), h.boss, other)
			wantProblem(t, name, err, problem.IdempotencyKeyReused, "idempotencyKey")
		}
		_, err := h.service.CreateUser(t.Context(), h.helpdesk, input)
		wantProblem(t, "another viewer's key is their own", err, problem.Taken, "loginName")
		h.now = h.now.Add(24 * time.Hour)
		_, err = h.service.CreateUser(t.Context(), h.boss, input)
		wantProblem(t, "after 24 hours", err, problem.Taken, "loginName")
	})
}

// Rule 14: the first answer is given again after the key that the input was digested under was replaced.
func TestIdempotencyOutlivesItsKey(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, store *db.DB) {
		h := newHouse(t, store)
		first, second := bytes.Repeat([]byte{1}, 32), bytes.Repeat([]byte{2}, 32)
		h.service.keys = must[*secret.Keys](t)(secret.NewKeys(first))
		input := h.newUser("jane")
		input.IdempotencyKey = new("form 1")
		jane := h.create(input)
		h.service.keys = must[*secret.Keys](t)(secret.NewKeys(second, first))
		if again := h.create(input); again.ID != jane.ID {
			t.Error("a repetition creates again")
		}
		input.Name = "Another"
		_, err := h.service.CreateUser(t.Context(), h.boss, input)
		wantProblem(t, "another input", err, problem.IdempotencyKeyReused, "idempotencyKey")
	})
}

// Of creations of the same name at once one succeeds, and the others are told that it is taken; with one key all get the
// same user.
func TestCreateUserRaces(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, store *db.DB) {
		h := newHouse(t, store)
		distinct, same := h.newUser("jane"), h.newUser("john")
		same.IdempotencyKey = new("key")
		users, errs := h.atOnce(4, func() (*db.User, error) { return h.service.CreateUser(t.Context(), h.boss, distinct) })
		if created := slices.DeleteFunc(users, func(u *db.User) bool { return u == nil }); len(created) != 1 {
			t.Errorf("%d users were created", len(created))
		}
		for _, err := range errs {
			if err != nil {
				wantProblem(t, "the others", err, problem.Taken, "loginName")
			}
		}
		users, errs = h.atOnce(4, func() (*db.User, error) { return h.service.CreateUser(t.Context(), h.boss, same) })
		for i := range users {
			if errs[i] != nil || users[i].ID != users[0].ID {
				t.Errorf("with one key: %v, %v", users[i], errs[i])
			}
		}
		count := must[*int](t)(store.CountUsers(t.Context(), h.account, db.UserFilter{}, true, 0))
		if listed := must[db.List[db.User]](t)(store.Users(t.Context(), h.account, db.UserFilter{}, db.UserOrder{}, db.Page{Limit: 100}, 0)); *count != len(listed.Items) {
			t.Errorf("the account counts %d users, and has %d", *count, len(listed.Items))
		}
	})
}

// atOnce runs the same several times at the same moment.
func (h *house) atOnce(times int, do func() (*db.User, error)) ([]*db.User, []error) {
	users, errs := make([]*db.User, times), make([]error, times)
	var all sync.WaitGroup
	for i := range times {
		all.Go(func() { users[i], errs[i] = do() })
	}
	all.Wait()
	return users, errs
}
