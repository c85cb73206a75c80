package access

import (
	"fmt"
	"net/netip"
	"runtime"
	"testing"

	"github.com/gatehouse/gatehouse/db"
	"github.com/gatehouse/gatehouse/internal/typeid"
)

// A million users and a hundred thousand keys are to take at most 600 MB. What the collector has not taken away yet counts
// for about as much again, so that what is held may be half of it.
func TestAMillionUsersFitIntoMemory(t *testing.T) {
	const users, keys, most = 1_000_000, 100_000, 300 << 20
	before := heap()
	m := newMemory()
	account := &db.Account{ID: typeid.New("account"), Handle: "acme"}
	shared := townOfAll()
	for i := range users {
		id := typeid.New("user")
		row := &db.User{ID: id, MFAForced: true}
		subject := &Subject{
			AccountID: account.ID, User: &User{id, fmt.Sprintf("acme/program-%07d", i), db.UserStatus([]byte(db.Active))},
			Roles: shared.Roles[i%49 : i%49+2], Doors: shared.Doors,
		}
		if i%10 < 3 {
			subject.Whitelists = shared.Whitelists[i%20 : i%20+1]
		}
		m.keepSubject(account, row, subject)
		if i < keys {
			key := &heldKey{
				Key:  Key{ID: typeid.New("key"), Doors: []typeid.ID{shared.Doors[0].ID}},
				hash: [32]byte([]byte(fmt.Sprintf("%032d", i))), accountID: account.ID, userID: id,
			}
			m.keysByHash[key.hash] = keepOne(&m, key.ID, key)
		}
	}
	took := heap() - before
	t.Logf("%d MB", took>>20)
	if took > most {
		t.Errorf("%d users and %d keys take %d MB, of at most %d", users, keys, took>>20, most>>20)
	}
	runtime.KeepAlive(m)
}

func heap() int64 {
	runtime.GC()
	var stats runtime.MemStats
	runtime.ReadMemStats(&stats)
	return int64(stats.HeapAlloc)
}

// townOfAll is what users share.
func townOfAll() *Subject {
	all := &Subject{}
	for i := range 51 {
		all.Roles = append(all.Roles, heldRole(fmt.Sprint(i), "VIEW_DOMAIN"))
		all.Whitelists = append(all.Whitelists, NewWhitelist(typeid.New("wl"), fmt.Sprint(i), []netip.Prefix{netip.MustParsePrefix("192.0.2.0/24")}))
	}
	all.Doors = []*Door{door("API", db.Programmatic)}
	return all
}
