package signin

import (
	"fmt"
	"testing"
	"time"

	"github.com/gatehouse/gatehouse/db"
	"github.com/gatehouse/gatehouse/internal/problem"
	"github.com/gatehouse/gatehouse/internal/secret"
	"github.com/gatehouse/gatehouse/internal/throttle"
)

// Rule 7: after 10 wrong tries in a row 1 minute, doubling to 1 hour at most, for names that exist and for others.
func TestNameIsLockedTwiceAsLongEachTime(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		h.user("jane")
		for _, login := range []string{"jane", "nobody", "no login name!"} {
			h.wrong(login, throttle.NameTries)
			for _, minutes := range []int{1, 2, 4, 8, 16, 32, 60, 60} {
				locks, err := h.store.ThrottlesByKey(t.Context(), []string{db.NameThrottle("acme", login)})
				if err != nil {
					t.Fatal(err)
				}
				until := locks[db.NameThrottle("acme", login)].Until
				if want := db.At(h.clock.now().Add(time.Duration(minutes) * time.Minute)); until != want {
					t.Fatalf("%s is locked until %v, want %v", login, until.Time(), want.Time())
				}
				_, err = h.signIn(from(office), login, rightPassword)
				wantProblem(t, "the right password while locked", err, problem.WrongCredentials, "")
				h.clock.pass(time.Duration(minutes) * time.Minute)
				h.wrong(login, 1)
			}
		}
		h.clock.pass(time.Hour)
		h.mustSignIn("jane")
		h.wrong("jane", throttle.NameTries-1)
		h.mustSignIn("jane")
	})
}

// Whatever signing in takes for the same name counts as the same name.
func TestNameIsCountedHoweverItIsTyped(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		h.user("jane")
		h.wrong("JANE", 4)
		h.wrong("  jane", 3)
		h.wrong("jane\u2003", 3)
		_, err := h.signIn(from(office), "Jane", rightPassword)
		wantProblem(t, "locked", err, problem.WrongCredentials, "")
	})
}

// Rule 7: 50 wrong tries in 10 minutes from an address, then RATE_LIMITED for 10. What was right does not count.
func TestAddressIsLimited(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		h.user("jane")
		for range 60 {
			h.mustSignIn("jane")
		}
		for i := range throttle.AddressTries {
			h.wrong(fmt.Sprintf("user-%d", i), 1)
		}
		_, err := h.signIn(from(office), "jane", rightPassword)
		wantLimited(t, "the 51st", err, throttle.AddressLock)
		if _, err := h.signIn(from(home), "jane", rightPassword); err != nil {
			t.Errorf("from elsewhere: %v", err)
		}
		h.clock.pass(throttle.AddressLock - time.Second)
		_, err = h.signIn(from(office), "jane", rightPassword)
		wantLimited(t, "a second before", err, time.Second)
		h.clock.pass(time.Second)
		h.mustSignIn("jane")
		for i := range throttle.AddressTries - 1 {
			h.wrong(fmt.Sprintf("user-%d", i), 1)
		}
		h.clock.pass(throttle.AddressWindow)
		h.wrong("somebody", 1)
		h.mustSignIn("jane")
	})
}

// Rule 7: a device that has signed in to this user before passes a lock of the user, and of no other.
func TestDevicePassesALock(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		h.user("jane")
		h.user("john")
		client := from(home)
		client.DeviceToken = h.mustSignIn("jane").DeviceToken
		h.wrong("jane", throttle.NameTries)
		h.wrong("john", throttle.NameTries)
		_, err := h.signIn(client, "john", rightPassword)
		wantProblem(t, "another user's device", err, problem.WrongCredentials, "")
		step, err := h.signIn(client, "jane", rightPassword)
		if err != nil || step.DeviceToken == client.DeviceToken {
			t.Fatalf("the device does not pass, or keeps its token: %v", err)
		}
		_, err = h.signIn(client, "jane", rightPassword)
		wantProblem(t, "the device's old token", err, problem.WrongCredentials, "")
		_, err = h.signIn(from(office), "jane", rightPassword)
		wantProblem(t, "no device", err, problem.WrongCredentials, "")

		client.DeviceToken = step.DeviceToken
		for range throttle.NameTries {
			_, err := h.signIn(client, "jane", otherPassword)
			wantProblem(t, "guesses with the device", err, problem.WrongCredentials, "")
		}
		_, err = h.signIn(client, "jane", rightPassword)
		wantProblem(t, "a device that guesses is locked itself", err, problem.WrongCredentials, "")
	})
}

func TestDeviceIsForgottenAfterNinetyDays(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		h.user("jane")
		client := from(home)
		client.DeviceToken = h.mustSignIn("jane").DeviceToken
		h.clock.pass(DeviceLifetime)
		h.wrong("jane", throttle.NameTries)
		_, err := h.signIn(client, "jane", rightPassword)
		wantProblem(t, "after 90 days", err, problem.WrongCredentials, "")
	})
}

func TestUserHasTwentyDevices(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		user := h.user("jane")
		first := h.mustSignIn("jane").DeviceToken
		var last Step
		for range maxDevices {
			h.clock.pass(time.Second)
			last = h.mustSignIn("jane")
		}
		for _, want := range []struct {
			what  string
			token secret.Token
			known bool
		}{{"first", first, false}, {"last", last.DeviceToken, true}} {
			if known, err := h.store.HasDevice(t.Context(), user.ID, want.token.Hash(), 0); known != want.known || err != nil {
				t.Errorf("the %s device is known: %v, %v", want.what, known, err)
			}
		}
	})
}
