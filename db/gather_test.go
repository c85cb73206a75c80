package db_test

import (
	"context"
	"fmt"
	"slices"
	"testing"

	"github.com/gatehouse/gatehouse/db"
	"github.com/gatehouse/gatehouse/db/dbtest"
	"github.com/gatehouse/gatehouse/internal/typeid"
)

// Gathering finds what walking the whole order finds, in every order and direction; and the count is of the same users.
func TestGatheringIsWalking(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, store *db.DB) {
		f := fill(t, store, 6000)
		small := *f.account
		small.UserCount = 0 // always walks
		middle, err := store.UserByLoginName(t.Context(), f.account.ID, "user-0003000")
		if err != nil {
			t.Fatal(err)
		}
		for name, filter := range userFilters(f) {
			for _, field := range []db.UserOrderField{db.ByLoginName, db.ByName, db.ByEmail, db.ByCreation, db.ByLastSignIn} {
				for _, direction := range []db.SortDirection{db.Ascending, db.Descending} {
					by := db.UserOrder{Field: field, Direction: direction}
					for where, page := range pagesAround(by.Cursor(middle)) {
						got, err := store.Users(t.Context(), f.account, filter, by, page, 10)
						want, walked := store.Users(t.Context(), &small, filter, by, page, 10)
						if err != nil || walked != nil || !slices.Equal(logins(got.Items), logins(want.Items)) || got.HasNext != want.HasNext || got.HasPrevious != want.HasPrevious {
							t.Fatalf("%s %s %s %s: %v, want %v; %v, %v", name, field, direction, where, logins(got.Items), logins(want.Items), err, walked)
						}
					}
				}
			}
			all, err := store.Users(t.Context(), &small, filter, db.UserOrder{}, db.Page{Limit: 6000}, 10)
			count, counted := store.CountUsers(t.Context(), f.account, filter, false, 10)
			if err != nil || counted != nil || *count != len(all.Items) {
				t.Errorf("%s: counted %d of %d, %v, %v", name, *count, len(all.Items), err, counted)
			}
		}
	})
}

// The index of what is searched follows a user from name to name, whatever characters stand in it.
func TestSearchFollowsItsUser(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, store *db.DB) {
		f := fill(t, store, 3000)
		user := &db.User{ID: typeid.New("user"), AccountID: f.account.ID, LoginName: "zz-last", Name: `Ömer "Ж" 100%`, Email: "omer@acme.example"}
		touch(t, store, func(ctx context.Context, tx *db.Tx) error { return tx.CreateUser(ctx, user) })
		found := func(query string) bool {
			t.Helper()
			filter := db.UserFilter{Query: &query}
			list, err := store.Users(t.Context(), f.account, filter, db.UserOrder{}, db.Page{Limit: 5}, 0)
			count, counted := store.CountUsers(t.Context(), f.account, filter, false, 0)
			if err != nil || counted != nil || *count != len(list.Items) {
				t.Fatalf("%q: %v and %v, %v, %v", query, logins(list.Items), *count, err, counted)
			}
			return slices.Equal(logins(list.Items), []string{"zz-last"})
		}
		for _, query := range []string{"omer", "ömer", `"ж"`, `"`, "Ж", "%", "0%", `r "`, "-last", "zz"} {
			if !found(query) {
				t.Errorf("%q finds nobody", query)
			}
		}
		user.Name = "Quinn"
		touch(t, store, func(ctx context.Context, tx *db.Tx) error { return tx.UpdateUser(ctx, user) })
		for query, want := range map[string]bool{"quinn": true, "qu": true, "q": true, `"ж"`: false, "Ж": false} {
			if found(query) != want {
				t.Errorf("%q after the change: %v", query, fmt.Sprint(!want))
			}
		}
	})
}
