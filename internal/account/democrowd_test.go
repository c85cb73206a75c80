package account

import (
	"testing"
	"time"

	"github.com/gatehouse/gatehouse/db"
	"github.com/gatehouse/gatehouse/db/dbtest"
	"github.com/gatehouse/gatehouse/internal/patch"
	"github.com/gatehouse/gatehouse/internal/text"
	"github.com/gatehouse/gatehouse/internal/typeid"
)

// More than a transaction holds, and more than a statement.
const testCrowd = crowdAtOnce + 700

// A crowd is in every way as if each of it had been created alone: counts, filters and search agree with what is there.
func TestCrowdCountsAndSearches(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, store *db.DB) {
		h := newHouse(t, store)
		ctx, now := t.Context(), db.At(h.now)
		before := must[*int](t)(store.CountUsers(ctx, h.account, db.UserFilter{}, true, now))
		if err := h.service.FillCrowd(ctx, h.account, testCrowd); err != nil {
			t.Fatal(err)
		}
		count := func(filter db.UserFilter) int {
			return *must[*int](t)(store.CountUsers(ctx, h.account, filter, true, now))
		}
		if got := count(db.UserFilter{}); got != *before+testCrowd {
			t.Errorf("the account counts %d users, want %d", got, *before+testCrowd)
		}
		people, programs := count(db.UserFilter{Kinds: []db.UserKind{db.Personal}}), count(db.UserFilter{Kinds: []db.UserKind{db.API}})
		if people+programs != *before+testCrowd || programs < testCrowd/5 || programs > testCrowd*3/10 {
			t.Errorf("%d people and %d programs", people, programs)
		}

		users := everybody(t, h)
		roles, lists := 0, 0
		var ids []typeid.ID
		for _, user := range users {
			ids = append(ids, user.ID)
			if !text.IsLoginName(user.LoginName) || !text.IsEmail(user.Email) {
				t.Fatalf("nobody could be created as %q, %q", user.LoginName, user.Email)
			}
			if user.CreatedAt > now || user.LastSignInAt > now || user.LastSignInAt != 0 && user.LastSignInAt < user.CreatedAt {
				t.Fatalf("%s came at %v and was last seen at %v", user.LoginName, user.CreatedAt.Time(), user.LastSignInAt.Time())
			}
		}
		for _, held := range must[map[typeid.ID][]*db.Role](t)(store.RolesByUser(ctx, ids)) {
			roles += len(held)
		}
		for _, asked := range must[map[typeid.ID][]*db.Whitelist](t)(store.WhitelistsByUser(ctx, ids)) {
			lists += len(asked)
		}
		if roles != 2*testCrowd {
			t.Errorf("%d roles, want two each", roles)
		}
		if lists < testCrowd/4 || lists > testCrowd*35/100 {
			t.Errorf("%d whitelists, want 0.3 each", lists)
		}
		last := users[len(users)-1]
		if got := count(db.UserFilter{Query: &last.LoginName}); got != 1 {
			t.Errorf("a search for %s finds %d", last.LoginName, got)
		}
	})
}

// everybody is the crowd, read page by page as the page of users does.
func everybody(t *testing.T, h *house) []*db.User {
	t.Helper()
	query := "@crowd.example"
	var users []*db.User
	page := db.Page{Limit: 100}
	for {
		list := must[db.List[db.User]](t)(h.service.store.Users(t.Context(), h.account, db.UserFilter{Query: &query}, db.UserOrder{}, page, db.At(h.now)))
		users = append(users, list.Items...)
		if len(list.Items) < page.Limit {
			break
		}
		cursor := db.UserOrder{}.Cursor(list.Items[len(list.Items)-1])
		page.After = &cursor
	}
	if len(users) != testCrowd {
		t.Fatalf("%d users in pages, want %d", len(users), testCrowd)
	}
	return users
}

// The same number of users is the same account again, whenever it is made.
func TestCrowdIsTheSameAgain(t *testing.T) {
	one, other := &crowd{size: 300, now: db.At(siteTime)}, &crowd{size: 300, now: db.At(siteTime.Add(time.Hour))}
	for range crowdRoles {
		one.roles, other.roles = append(one.roles, "role"), append(other.roles, "role")
	}
	for range crowdWhitelists {
		one.whitelists, other.whitelists = append(one.whitelists, "wl"), append(other.whitelists, "wl")
	}
	for i := range one.size {
		a, b := one.user(i), other.user(i)
		if a.User.LoginName != b.User.LoginName || a.User.Name != b.User.Name || a.User.Kind != b.User.Kind || len(a.WhitelistIDs) != len(b.WhitelistIDs) {
			t.Errorf("%d is %+v and %+v", i, a.User, b.User)
		}
	}
}

// Somebody of a crowd can be changed as anybody can who was created alone.
func TestSomebodyOfACrowdCanBeChanged(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, store *db.DB) {
		h := newHouse(t, store)
		if err := h.service.FillCrowd(t.Context(), h.account, 20); err != nil {
			t.Fatal(err)
		}
		query := "@crowd.example"
		list := must[db.List[db.User]](t)(store.Users(t.Context(), h.account, db.UserFilter{Query: &query}, db.UserOrder{}, db.Page{Limit: 100}, db.At(h.now)))
		for _, user := range list.Items {
			if _, err := h.update(h.boss, UpdateUserInput{ID: user.ID, Name: patch.To("Somebody else")}); err != nil {
				t.Errorf("%s: %v", user.LoginName, err)
			}
			taken := h.newUser(user.LoginName)
			if _, err := h.service.CreateUser(t.Context(), h.boss, taken); err == nil {
				t.Errorf("%s was created twice", user.LoginName)
			}
		}
	})
}
