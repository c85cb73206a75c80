// Package typeid makes and reads the identifiers of everything that Gatehouse stores.
//
// An identifier is a TypeID (version 0.3 of its specification): a type prefix, an underscore, and a UUIDv7 (RFC 9562) in
// Crockford's base32. It sorts by creation, says what it names, and is stored as the text that clients see.
package typeid

import (
	"encoding/base32"
	"encoding/binary"
	"errors"
	"slices"
	"strings"
	"time"

	"github.com/google/uuid"
)

// ID is the text of a TypeID, such as "user_01h455vb4pex5vsknk084sn02q". The zero value names nothing.
type ID string

// ErrInvalid says that a text is not a TypeID.
var ErrInvalid = errors.New("not a TypeID")

const (
	alphabet     = "0123456789abcdefghjkmnpqrstvwxyz"
	suffixLength = 26
	maxPrefix    = 63
)

var encoding = base32.NewEncoding(alphabet).WithPadding(base32.NoPadding)

// New makes an identifier of the given type. Identifiers of one process rise strictly.
func New(prefix string) ID {
	id, err := uuid.NewV7()
	if err != nil {
		panic("typeid: the system's random source failed: " + err.Error())
	}
	return FromUUID(prefix, id)
}

// NewSeries makes n identifiers that rise strictly and tell the given instant, to the millisecond.
func NewSeries(prefix string, at time.Time, n int) []ID {
	series := make([]ID, n)
	for i := range series {
		id := uuid.New()
		var milliseconds [8]byte
		binary.BigEndian.PutUint64(milliseconds[:], uint64(at.UnixMilli()))
		copy(id[:6], milliseconds[2:])
		id[6] = id[6]&0x0f | 7<<4 // version 7; the variant is that of every version
		series[i] = FromUUID(prefix, id)
	}
	slices.Sort(series)
	return series
}

// FromUUID writes any UUID as a TypeID; an empty prefix leaves the underscore out.
func FromUUID(prefix string, id uuid.UUID) ID {
	suffix := encode(id)
	if prefix == "" {
		return ID(suffix)
	}
	return ID(prefix + "_" + suffix)
}

// Parse checks a text. It never normalises: what it accepts is stored as it stands.
func Parse(text string) (ID, error) {
	prefix, suffix := split(text)
	if !validPrefix(prefix) || prefix == "" && strings.HasPrefix(text, "_") {
		return "", ErrInvalid
	}
	if _, err := decode(suffix); err != nil {
		return "", err
	}
	return ID(text), nil
}

// Prefix returns the type, empty when there is none.
func (id ID) Prefix() string {
	prefix, _ := split(string(id))
	return prefix
}

// UUID returns the identifier without its type.
func (id ID) UUID() (uuid.UUID, error) {
	_, suffix := split(string(id))
	return decode(suffix)
}

func split(text string) (prefix, suffix string) {
	if at := strings.LastIndexByte(text, '_'); at >= 0 {
		return text[:at], text[at+1:]
	}
	return "", text
}

func validPrefix(prefix string) bool {
	if len(prefix) > maxPrefix || strings.HasPrefix(prefix, "_") || strings.HasSuffix(prefix, "_") {
		return false
	}
	for _, c := range prefix {
		if (c < 'a' || c > 'z') && c != '_' {
			return false
		}
	}
	return true
}

// values are those of the letters of the alphabet; 255: no letter of it.
var values = func() (table [256]byte) {
	for c := range table {
		table[c] = 255
	}
	for value, c := range []byte(alphabet) {
		table[c] = byte(value)
	}
	return table
}()

// The specification writes 128 bits in 26 characters of five, with two zero bits in front. base32 fills from the left, so
// the 16 bytes are shifted right by two within 17.
func encode(id uuid.UUID) string {
	var shifted [17]byte
	for i, b := range id {
		shifted[i] |= b >> 2
		shifted[i+1] = b << 6
	}
	return encoding.EncodeToString(shifted[:])[:suffixLength]
}

func decode(suffix string) (uuid.UUID, error) {
	if len(suffix) != suffixLength || suffix[0] > '7' {
		return uuid.UUID{}, ErrInvalid
	}
	var id uuid.UUID
	bits, waiting := 0, -2 // the two bits in front stand for nothing
	for next, i := 0, 0; i < suffixLength; i++ {
		value := values[suffix[i]]
		if value > 31 {
			return uuid.UUID{}, ErrInvalid
		}
		bits, waiting = bits<<5|int(value), waiting+5
		if waiting >= 8 {
			waiting -= 8
			id[next] = byte(bits >> waiting)
			next++
		}
	}
	return id, nil
}
