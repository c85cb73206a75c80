package throttle

import (
	"fmt"
	"net/netip"
	"testing"
	"time"

	"github.com/gatehouse/gatehouse/db"
)

func TestAddressKeyIsTheNetworkOfIPv6(t *testing.T) {
	for address, want := range map[string]string{
		"192.0.2.7": "ip:192.0.2.7", "::ffff:192.0.2.7": "ip:192.0.2.7",
		"2001:db8:1:2:3:4:5:6": "ip:2001:db8:1:2::/64", "fe80::1%eth0": "ip:fe80::/64",
	} {
		if got := AddressKey(netip.MustParseAddr(address)); got != want {
			t.Errorf("AddressKey(%s) = %s, want %s", address, got, want)
		}
	}
}

// lockAddress makes as many wrong tries from the office as lock it.
func (b *bench) lockAddress() {
	b.t.Helper()
	for i := range AddressTries {
		b.wrong(Keys{IP: office, Name: fmt.Sprint("name:acme/user", i)}, 1)
	}
}

// Rule 7: a known device passes a lock of the user and of the address within a bound of its own; nothing of the lock changes.
func TestKnownDevicePassesLocks(t *testing.T) {
	each(t, func(t *testing.T, b *bench) {
		stranger := Keys{IP: office, Name: "name:acme/jane"}
		known := stranger
		known.Known = "device:1"
		b.lockAddress()
		_, err := b.Begin(t.Context(), stranger)
		wantLimited(t, "a stranger", err, AddressLock)
		if err := b.signedIn(b.begin(known)); err != nil {
			t.Errorf("a known device at a locked address: %v", err)
		}
		b.wantCounted("the address", AddressKey(office), AddressTries, 0)

		b.wrong(known, NameTries) // for the device, and for the name
		b.wantCounted("wrong ones of the device", known.Known, NameTries, 0)
		b.wantCounted("wrong ones of the device", known.Name, NameTries, 0)
		_, err = b.Begin(t.Context(), known)
		wantLimited(t, "past the device's bound, at a locked address", err, AddressLock)
		known.IP = netip.MustParseAddr("198.51.100.1")
		if try := b.begin(known); !try.Locked() {
			t.Error("past the device's bound, elsewhere: not locked")
		}
		b.pass(NameLock)
		if try := b.begin(known); try.Locked() {
			t.Error("the device's lock does not end")
		}
	})
}

// Rule 7: strangers who try at the same moment do not make a known device or a passkey wait.
func TestKnownDeviceDoesNotWaitForStrangers(t *testing.T) {
	each(t, func(t *testing.T, b *bench) {
		stranger := Keys{IP: office, Name: "name:acme/jane"}
		for range NameTries {
			b.begin(stranger)
		}
		for i := range AddressTries - NameTries {
			b.begin(Keys{IP: office, Name: fmt.Sprint("name:acme/user", i)})
		}
		known, passkey := stranger, Keys{IP: office, Passkey: true}
		known.Known = "session:1"
		for what, keys := range map[string]Keys{"a session": known, "a passkey": passkey} {
			try, full, err := b.reserve(t.Context(), keys)
			if err != nil || full != "" {
				t.Fatalf("%s waits for %q: %v", what, full, err)
			}
			if err := b.signedIn(try); err != nil {
				t.Errorf("%s: %v", what, err)
			}
		}
		b.wantCounted("the strangers", stranger.Name, 0, NameTries)
		b.wantCounted("the strangers", AddressKey(office), 0, AddressTries)
		if _, full, err := b.reserve(t.Context(), Keys{IP: office, Name: "name:acme/nobody"}); err != nil || full != AddressKey(office) {
			t.Errorf("one more stranger waits for %q, %v", full, err)
		}
	})
}

// Rule 7: passkeys pass a lock of the address, fifty wrong ones at most.
func TestPasskeyPassesALockOfTheAddress(t *testing.T) {
	each(t, func(t *testing.T, b *bench) {
		passkey := Keys{IP: office, Passkey: true}
		elsewhere := netip.MustParseAddr("198.51.100.1")
		b.wrong(Keys{IP: elsewhere, Passkey: true}, 1)
		b.wantCounted("a wrong passkey", AddressKey(elsewhere), 1, 0)
		b.lockAddress()
		b.wrong(passkey, AddressTries)
		_, err := b.Begin(t.Context(), passkey)
		wantLimited(t, "past the bound", err, AddressLock)
		b.pass(AddressLock)
		b.begin(passkey)
	})
}

// Mails are bounded in a window that begins with the first.
func TestTake(t *testing.T) {
	each(t, func(t *testing.T, b *bench) {
		take := func(bound Bound) (wait time.Duration) {
			t.Helper()
			err := b.store.Touch(t.Context(), func(tx *db.Tx) (err error) {
				wait, err = Take(t.Context(), tx, db.At(b.clock()), bound)
				return err
			})
			if err != nil {
				t.Fatal(err)
			}
			return wait
		}
		bound := MailTo("reset", "Jane@Acme.example", 3)
		for range 3 {
			if wait := take(bound); wait != 0 {
				t.Fatalf("within the bound: %v", wait)
			}
			b.pass(time.Minute)
		}
		if wait := take(MailTo("reset", "jane@acme.EXAMPLE", 3)); wait != 57*time.Minute {
			t.Errorf("past the bound, in other letters: %v", wait)
		}
		if wait := take(MailTo("change", "jane@acme.example", 3)); wait != 0 {
			t.Errorf("another kind of mail: %v", wait)
		}
		b.pass(57 * time.Minute)
		if wait := take(bound); wait != 0 {
			t.Errorf("in the next window: %v", wait)
		}
	})
}
