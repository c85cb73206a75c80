package access_test

import (
	"testing"
	"time"

	"github.com/gatehouse/gatehouse/db"
	"github.com/gatehouse/gatehouse/db/dbtest"
)

// at has the clock stand at a second of the hour, and the key be used from an address.
func (c *caller) at(second int, from string) {
	c.now = hour + db.Time(second*1000)
	c.comes(c.subject, from, c.now)
}

// tick writes what is due at a second of the hour, as the server does every two seconds.
func (c *caller) tick(second int) {
	c.t.Helper()
	c.now = hour + db.Time(second*1000)
	if err := c.usage.FlushDue(c.t.Context()); err != nil {
		c.t.Fatal(err)
	}
}

func (c *caller) wantLastUse(what, ip string, second int) {
	c.t.Helper()
	key, err := c.store.APIKeyByID(c.t.Context(), c.account.ID, c.key.ID)
	if err != nil {
		c.t.Fatal(err)
	}
	if at := hour + db.Time(second*1000); key.LastUsedIP != ip || key.LastUsedAt != at {
		c.t.Errorf("%s: last used at %d s from %s, want %d s from %s", what, (key.LastUsedAt-hour)/1000, key.LastUsedIP, second, ip)
	}
}

// The last use of a key is that of its true last address, whatever came before.
func TestLastUseIsTheLastOne(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, store *db.DB) {
		c := newCaller(t, store)
		for _, from := range []string{"192.0.2.21", "192.0.2.22", "192.0.2.21"} {
			c.at(0, from)
		}
		c.flush()
		c.wantLastUse("all at once", "192.0.2.21", 0)
		for i, from := range []string{"192.0.2.21", "192.0.2.22", "192.0.2.21"} {
			c.at(10+i, from)
			c.flush()
		}
		c.wantLastUse("one by one", "192.0.2.21", 12)
		c.at(400, "2001:db8::7")
		c.at(401, "2001:db8::8")
		c.flush()
		c.wantLastUse("of the same /64", "2001:db8::8", 401)
	})
}

// The last use is written at most once a minute for a key, and is never more than a minute old; also when no other use follows.
func TestLastUseIsAtMostAMinuteOld(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, store *db.DB) {
		c := newCaller(t, store)
		c.at(0, "192.0.2.21")
		c.tick(2)
		c.wantLastUse("the first use", "192.0.2.21", 0)
		c.at(3, "192.0.2.22")
		c.tick(4)
		c.wantLastUse("shortly after", "192.0.2.21", 0)
		for second := 5; second <= 300; second++ {
			c.at(second, "192.0.2.22")
			if second%2 != 0 {
				continue
			}
			c.tick(second)
			key, err := store.APIKeyByID(t.Context(), c.account.ID, c.key.ID)
			if err != nil {
				t.Fatal(err)
			}
			if behind := c.now - key.LastUsedAt; behind > db.Time(time.Minute/time.Millisecond) {
				t.Fatalf("at %d s the last use is %d ms old", second, behind)
			}
		}
		c.at(301, "192.0.2.23")
		c.tick(362)
		c.wantLastUse("a while after the last use of all", "192.0.2.23", 301)
	})
}

// While the database fails the last use waits, and is not thought to be written.
func TestLastUseAfterAFailure(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, store *db.DB) {
		c := newCaller(t, store)
		c.at(0, "192.0.2.21")
		c.failFlush()
		c.at(1, "192.0.2.22")
		c.failFlush()
		c.tick(4)
		c.wantLastUse("after it", "192.0.2.22", 1)
	})
}
