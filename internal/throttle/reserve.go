package throttle

import (
	"context"
	"errors"

	"github.com/gatehouse/gatehouse/db"
	"github.com/gatehouse/gatehouse/internal/access"
	"github.com/gatehouse/gatehouse/internal/typeid"
)

// place is where a try counts, and by which rule.
type place struct {
	key  string
	rule rule
}

// places are where a try counts, in the order in which transactions lock them.
func (k Keys) places() []place {
	places := []place{{AddressKey(k.IP), addressRule}}
	if k.Name != "" {
		places = append(places, place{k.Name, nameRule})
	}
	return places
}

func keysOf(places []place) []string {
	keys := make([]string, len(places))
	for i, p := range places {
		keys[i] = p.key
	}
	return keys
}

// spare is the place of a try whose address or name is locked or full; ok is false where it has none.
func (k Keys) spare() (spare place, ok bool) {
	switch {
	case k.Known != "":
		return place{k.Known, nameRule}, true
	case k.Passkey:
		return place{"passkey-" + AddressKey(k.IP), addressRule}, true
	}
	return place{}, false
}

// seat is a place as it is at the moment.
type seat struct {
	place
	row    *db.Throttle
	locked bool // until row.Until
	full   bool // as many tries are under way as may still fail
}

func (s *seat) free() bool { return !s.locked && !s.full }

func look(ctx context.Context, tx *db.Tx, p place, now db.Time) (*seat, error) {
	row, err := lockRow(ctx, tx, p.key, now)
	if err != nil {
		return nil, err
	}
	forgetExpired(row, now)
	s := &seat{place: p, row: row, locked: now < row.Until}
	s.full = !s.locked && len(row.Reserved.V) >= p.rule.left(row, now)
	return s, nil
}

// errFull ends a transaction that found a key without a place.
var errFull = errors.New("throttle: no place")

// reserve reserves the places of a try, or returns the key that has none.
func (t *Throttle) reserve(ctx context.Context, keys Keys) (try *Try, full string, err error) {
	now := db.At(t.now())
	err = t.store.TouchThrottles(ctx, keysOf(keys.places()), func(tx *db.Tx) error {
		try, full = &Try{throttle: t, id: string(typeid.New("try"))}, ""
		seats, err := seatsOf(ctx, tx, keys, now)
		if err != nil {
			return err
		}
		for _, s := range seats {
			switch {
			case s.full:
				full = s.key
				return errFull
			case s.locked && s.key != keys.Name:
				limited := &access.RateLimitedError{RetryAfter: s.row.Until.Time().Sub(now.Time())}
				if s.key == AddressKey(keys.IP) {
					limited.Quota = &addressQuota
				}
				return limited
			case s.locked:
				try.LockedUntil = s.row.Until
				continue
			}
			try.places = append(try.places, s.place)
			s.row.Reserved.V = append(s.row.Reserved.V, db.Reservation{ID: try.id, Until: now.Add(reservationLife)})
			if err := tx.SaveThrottle(ctx, s.row); err != nil {
				return err
			}
		}
		return nil
	})
	switch {
	case errors.Is(err, errFull):
		return nil, full, nil
	case err != nil:
		return nil, "", err
	}
	return try, "", nil
}

// seats are where a try would count: its places, or, for those that are not free, its spare one if that is.
func seatsOf(ctx context.Context, tx *db.Tx, keys Keys, now db.Time) (seats []*seat, err error) {
	var free []*seat
	for _, p := range keys.places() {
		s, err := look(ctx, tx, p, now)
		if err != nil {
			return nil, err
		}
		if seats = append(seats, s); s.free() {
			free = append(free, s)
		}
	}
	spare, ok := keys.spare()
	if !ok || len(free) == len(seats) {
		return seats, nil
	}
	s, err := look(ctx, tx, spare, now)
	if err != nil {
		return nil, err
	}
	if !s.free() {
		return seats, nil
	}
	return append(free, s), nil
}
