package db_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/gatehouse/gatehouse/db"
	"github.com/gatehouse/gatehouse/db/dbtest"
	"github.com/gatehouse/gatehouse/internal/typeid"
)

// fillHan adds users whose Chinese names all begin with one of two characters and have trigrams of their own.
func fillHan(t *testing.T, store *db.DB, size int) (*db.Account, []string) {
	t.Helper()
	account := &db.Account{ID: typeid.New("account"), Handle: "acme"}
	touch(t, store, func(ctx context.Context, tx *db.Tx) error { return tx.CreateAccount(ctx, account) })
	names, users := make([]string, size), make([]db.NewUser, size)
	for i := range users {
		names[i] = string([]rune{rune(0x4e00 + min(1, i%4)), rune(0x5000 + i%200), rune(0x6000 + i/200)})
		users[i].User = &db.User{
			ID: typeid.New("user"), AccountID: account.ID, LoginName: fmt.Sprintf("user-%06d", i), Name: names[i], Email: fmt.Sprintf("%06d@acme.example", i),
		}
	}
	touch(t, store, func(ctx context.Context, tx *db.Tx) error { return tx.CreateUsers(ctx, account.ID, users) })
	account.UserCount = size
	return account, names
}

// A search for one or two characters that few or many names have finds all of them, in a time that does not grow with the
// square of their number.
func TestFaultShortSearchesOfManyTrigrams(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, store *db.DB) {
		account, names := fillHan(t, store, 32_000)
		for _, query := range []string{"\u4e00", "\u4e01", "\u4e01" + string([]rune(names[3])[1]), string([]rune(names[77])[1:]), string([]rune(names[77])[2]), names[77], "\u4dff", "9", "@"} {
			filter, want := db.UserFilter{Query: &query}, 0
			for i, name := range names {
				if strings.Contains(fmt.Sprintf("user-%06d\n%s\n%06d@acme.example", i, name, i), query) {
					want++
				}
			}
			exact, err := store.CountUsers(t.Context(), account, filter, true, 0)
			if err != nil || *exact != want {
				t.Fatalf("%q: counted %v of %d, %v", query, exact, want, err)
			}
			quick, err := store.CountUsers(t.Context(), account, filter, false, 0)
			if err != nil || (quick == nil) != (want > db.CountLimit) || quick != nil && *quick != want {
				t.Errorf("%q: counted %v of %d, %v", query, quick, want, err)
			}
			found := 0
			for page := (db.Page{Limit: 1000}); ; {
				list, err := store.Users(t.Context(), account, filter, db.UserOrder{}, page, 0)
				if err != nil {
					t.Fatalf("%q: %v", query, err)
				}
				found += len(list.Items)
				if !list.HasNext {
					break
				}
				after := db.UserOrder{}.Cursor(list.Items[len(list.Items)-1])
				page.After = &after
			}
			if found != want {
				t.Errorf("%q: pages hold %d of %d", query, found, want)
			}
		}
	})
}

// However many search, others read; who searches too many waits, no longer than they like.
func TestFaultSearchesLeaveConnections(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, store *db.DB) {
		account, _ := fillHan(t, store, 10)
		var all sync.WaitGroup
		leave, busy := make(chan struct{}), make(chan struct{})
		for range store.SearchesAtOnce() {
			all.Go(func() {
				err := store.Snapshot(t.Context(), func(r db.Reader) error { // holds a connection
					return store.Search(t.Context(), func(context.Context) error {
						busy <- struct{}{}
						<-leave
						return nil
					})
				})
				if err != nil {
					t.Error(err)
				}
			})
			<-busy
		}
		if _, err := store.UserByLoginName(t.Context(), account.ID, "user-000001"); err != nil {
			t.Error(err)
		}
		if _, err := store.Users(t.Context(), account, db.UserFilter{}, db.UserOrder{}, db.Page{Limit: 5}, 0); err != nil {
			t.Error(err)
		}
		ctx, cancel := context.WithCancel(t.Context())
		query, ended := "\u4e01", make(chan error)
		go func() {
			_, err := store.Users(ctx, account, db.UserFilter{Query: &query}, db.UserOrder{}, db.Page{Limit: 5}, 0)
			ended <- err
		}()
		cancel()
		if err := <-ended; !errors.Is(err, context.Canceled) {
			t.Errorf("a search in the queue, called off: %v", err)
		}
		close(leave)
		all.Wait()
		list, err := store.Users(t.Context(), account, db.UserFilter{Query: &query}, db.UserOrder{}, db.Page{Limit: 5}, 0)
		if err != nil || len(list.Items) != 5 {
			t.Errorf("when there is room again: %d, %v", len(list.Items), err)
		}
	})
}

// A search that takes too long is given up and says so; one whose caller has gone is not.
func TestFaultLongSearchesAreGivenUp(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, store *db.DB) {
		account, _ := fillHan(t, store, 10)
		store.SetLongestSearch(time.Nanosecond)
		query := "\u4e01"
		_, err := store.Users(t.Context(), account, db.UserFilter{Query: &query}, db.UserOrder{}, db.Page{Limit: 5}, 0)
		_, counted := store.CountUsers(t.Context(), account, db.UserFilter{Query: &query}, true, 0)
		if !errors.Is(err, db.ErrSearchTooLong) || !errors.Is(counted, db.ErrSearchTooLong) {
			t.Errorf("%v; %v", err, counted)
		}
		gone, cancel := context.WithCancel(t.Context())
		cancel()
		if _, err := store.CountUsers(gone, account, db.UserFilter{Query: &query}, true, 0); errors.Is(err, db.ErrSearchTooLong) {
			t.Errorf("called off: %v", err)
		}
		store.SetLongestSearch(time.Minute)
		if _, err := store.CountUsers(t.Context(), account, db.UserFilter{Query: &query}, true, 0); err != nil {
			t.Error(err)
		}
	})
}
