package db

import (
	"database/sql/driver"
	"encoding/json"
	"fmt"
	"net/netip"
	"slices"
	"strings"
	"time"
)

// Time is an instant in milliseconds since 1970 in UTC. Zero means never.
type Time int64

// At brings an instant to the precision that is stored.
func At(t time.Time) Time { return Time(t.UnixMilli()) }

// Time is the instant; the zero time for never.
func (t Time) Time() time.Time {
	if t == 0 {
		return time.Time{}
	}
	return time.UnixMilli(int64(t)).UTC()
}

// Add moves an instant.
func (t Time) Add(d time.Duration) Time { return t + Time(d.Milliseconds()) }

// Codes is a sorted set of permission codes, stored as " A B " so that one is found by its text with the spaces around.
type Codes []string

// NewCodes sorts and removes doubles.
func NewCodes(codes ...string) Codes {
	sorted := slices.Sorted(slices.Values(codes))
	return Codes(slices.Compact(sorted))
}

// Value implements [driver.Valuer].
func (c Codes) Value() (driver.Value, error) {
	if len(c) == 0 {
		return "", nil
	}
	return " " + strings.Join(c, " ") + " ", nil
}

// Scan implements sql.Scanner.
func (c *Codes) Scan(src any) error {
	text, err := scanText(src)
	*c = strings.Fields(text)
	return err
}

// JSON is a value stored as JSON text.
type JSON[T any] struct{ V T }

// Value implements [driver.Valuer].
func (j JSON[T]) Value() (driver.Value, error) {
	b, err := json.Marshal(j.V)
	return string(b), err
}

// Scan implements sql.Scanner.
func (j *JSON[T]) Scan(src any) error {
	text, err := scanText(src)
	if err != nil || text == "" {
		return err
	}
	return json.Unmarshal([]byte(text), &j.V)
}

// Prefix is a masked IPv4 or IPv6 prefix, stored as its canonical text.
type Prefix struct{ netip.Prefix }

// Value implements [driver.Valuer].
func (p Prefix) Value() (driver.Value, error) { return p.String(), nil }

// Scan implements sql.Scanner.
func (p *Prefix) Scan(src any) error {
	text, err := scanText(src)
	if err != nil {
		return err
	}
	p.Prefix, err = netip.ParsePrefix(text)
	return err
}

func scanText(src any) (string, error) {
	switch v := src.(type) {
	case nil:
		return "", nil
	case string:
		return v, nil
	case []byte:
		return string(v), nil
	}
	return "", fmt.Errorf("db: want text, got %T", src)
}
