// Package scalar writes and reads the scalars of the GraphQL schema.
package scalar

import (
	"encoding/json"
	"errors"
	"io"
	"net/netip"
	"strconv"
	"strings"
	"time"

	"github.com/99designs/gqlgen/graphql"

	"github.com/gatehouse/gatehouse/db"
	"github.com/gatehouse/gatehouse/internal/secret"
	"github.com/gatehouse/gatehouse/internal/typeid"
)

// InputError says that a client sent a value that the scalar does not take. Its text is for the client.
type InputError string

func (e InputError) Error() string { return string(e) }

// nobody stands for every text that is no ID: it names nothing, like an ID that never was. It is not empty, because an
// empty ID in a filter could be taken for no condition at all.
const nobody typeid.ID = "_"

// MarshalID writes an ID; null where there is none.
func MarshalID(id typeid.ID) graphql.Marshaler {
	if id == "" {
		return graphql.Null
	}
	return quoted(string(id))
}

// UnmarshalID reads an ID. What is not one is refused before the operation is executed; here it names nothing.
func UnmarshalID(v any) (typeid.ID, error) {
	text, ok := v.(string)
	if !ok {
		return nobody, nil // an integer, which GraphQL allows as ID
	}
	id, err := typeid.Parse(text)
	if err != nil {
		return nobody, nil
	}
	return id, nil
}

// timeLayout is RFC 3339 with milliseconds.
const timeLayout = "2006-01-02T15:04:05.000Z"

// MarshalTime writes an instant; null for never.
func MarshalTime(t db.Time) graphql.Marshaler {
	if t == 0 {
		return graphql.Null
	}
	return quoted(t.Time().Format(timeLayout))
}

// TimeForm says how a time is written.
const TimeForm = "a text in RFC 3339 with its zone, from 1970 to 9999, such as 2026-11-23T08:41:00.250Z"

// UnmarshalTime reads RFC 3339 of any zone between the years 1970 and 9999 of UTC. Letters may be small (RFC 3339, 5.6).
func UnmarshalTime(v any) (db.Time, error) {
	text, ok := v.(string)
	if !ok {
		return 0, InputError("a time is " + TimeForm)
	}
	t, err := time.Parse(time.RFC3339Nano, strings.ToUpper(text))
	if err != nil || strings.Contains(text, ",") || t.UnixMilli() < 0 || t.UTC().Year() > 9999 {
		return 0, InputError("a time is " + TimeForm)
	}
	// The zero of db.Time means never, which no client can mean by 1970.
	return max(db.At(t), 1), nil
}

// MarshalCIDR writes a prefix in canonical form.
func MarshalCIDR(p db.Prefix) graphql.Marshaler { return quoted(p.String()) }

// UnmarshalCIDR refuses: prefixes come as texts, so that a wrong one can be told at its place in the list.
func UnmarshalCIDR(any) (db.Prefix, error) { return db.Prefix{}, errors.ErrUnsupported }

// MarshalAddress writes an IP address as String.
func MarshalAddress(a netip.Addr) graphql.Marshaler { return quoted(a.String()) }

// UnmarshalAddress refuses: addresses come as texts.
func UnmarshalAddress(any) (netip.Addr, error) { return netip.Addr{}, errors.ErrUnsupported }

// MarshalToken writes a secret, which only an answer that is about to show it holds; null where there is none.
func MarshalToken(t secret.Token) graphql.Marshaler {
	if t == "" {
		return graphql.Null
	}
	return quoted(t)
}

// UnmarshalToken reads a secret as it came.
func UnmarshalToken(v any) (secret.Token, error) {
	text, err := graphql.UnmarshalString(v)
	return secret.Token(text), err
}

// MarshalInt writes an Int.
func MarshalInt(i int) graphql.Marshaler { return graphql.MarshalInt(i) }

// UnmarshalInt reads an Int of 32 bits, as the specification has it.
func UnmarshalInt(v any) (int, error) {
	i, err := graphql.UnmarshalInt32(v)
	if err != nil {
		return 0, InputError("not an Int of 32 bits")
	}
	return int(i), nil
}

// MarshalJSON writes a JSON value as it stands; null where there is none.
func MarshalJSON(value json.RawMessage) graphql.Marshaler {
	if len(value) == 0 {
		return graphql.Null
	}
	return graphql.WriterFunc(func(w io.Writer) { _, _ = w.Write(value) })
}

// UnmarshalJSON reads any JSON value.
func UnmarshalJSON(v any) (json.RawMessage, error) {
	value, err := json.Marshal(WithEmptyLists(v))
	if err != nil {
		return nil, InputError("not a JSON value")
	}
	return value, nil
}

// WithEmptyLists makes lists of the empty lists in a value: gqlparser reads them as nil, which JSON writes as null.
func WithEmptyLists(v any) any {
	switch v := v.(type) {
	case []any:
		whole := make([]any, len(v))
		for i, item := range v {
			whole[i] = WithEmptyLists(item)
		}
		return whole
	case map[string]any:
		whole := make(map[string]any, len(v))
		for name, member := range v {
			whole[name] = WithEmptyLists(member)
		}
		return whole
	}
	return v
}

// quoted writes a text that holds nothing to escape.
type quoted string

// MarshalGQL implements graphql.Marshaler.
func (q quoted) MarshalGQL(w io.Writer) { _, _ = io.WriteString(w, strconv.Quote(string(q))) }
