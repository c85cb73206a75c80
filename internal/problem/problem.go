// Package problem holds what a person can put right: which input field is at fault, how, and what to say about it.
//
// The rooms below GraphQL return problems as errors; only the edge turns their key and arguments into a sentence of the
// viewer's language.
package problem

import (
	"errors"
	"fmt"
	"slices"
	"strings"
)

// Code is what a client's program decides by: the values of UserErrorCode in the GraphQL schema.
type Code string

const (
	Required             Code = "REQUIRED"
	Invalid              Code = "INVALID"
	TooShort             Code = "TOO_SHORT"
	TooLong              Code = "TOO_LONG"
	Taken                Code = "TAKEN"
	NotFound             Code = "NOT_FOUND"
	WeakPassword         Code = "WEAK_PASSWORD"
	NotAllowed           Code = "NOT_ALLOWED"
	InUse                Code = "IN_USE"
	BuiltIn              Code = "BUILT_IN"
	LastAdmin            Code = "LAST_ADMIN"
	Lockout              Code = "LOCKOUT"
	LinkExpired          Code = "LINK_EXPIRED"
	IdempotencyKeyReused Code = "IDEMPOTENCY_KEY_REUSED"
	StaleRevision        Code = "STALE_REVISION"
	WrongCredentials     Code = "WRONG_CREDENTIALS"
	WrongCode            Code = "WRONG_CODE"
	ChallengeExpired     Code = "CHALLENGE_EXPIRED"
)

// Error is one thing that a person can put right.
type Error struct {
	Code Code
	// Field is the path of the input field, beginning with "input"; list positions are decimal strings.
	Field []string
	// Key names the sentence, such as "login_name.invalid". The catalogue of sentences lives with GraphQL.
	Key string
	// Args fill the sentence. Never a secret.
	Args map[string]any
}

// New makes a problem of the field at the given path below "input". Arguments come in pairs of name and value.
func New(code Code, key string, path string, args ...any) *Error {
	e := &Error{Code: code, Key: key, Field: Path(path)}
	for i := 0; i+1 < len(args); i += 2 {
		if e.Args == nil {
			e.Args = make(map[string]any, len(args)/2)
		}
		e.Args[fmt.Sprint(args[i])] = args[i+1]
	}
	return e
}

// Path splits a dotted path below "input": Path("entries.2.cidr") is ["input", "entries", "2", "cidr"].
func Path(dotted string) []string {
	if dotted == "" {
		return []string{"input"}
	}
	return append([]string{"input"}, strings.Split(dotted, ".")...)
}

// Error is for logs and tests; people read the sentence of Key.
func (e *Error) Error() string {
	return fmt.Sprintf("%s at %s (%s)", e.Code, strings.Join(e.Field, "."), e.Key)
}

// List collects problems so that a form hears of all of them at once.
type List []*Error

// Add appends problems, skipping nil.
func (l *List) Add(problems ...*Error) {
	for _, p := range problems {
		if p != nil {
			*l = append(*l, p)
		}
	}
}

// Err is nil for an empty list, and the list otherwise.
func (l List) Err() error {
	if len(l) == 0 {
		return nil
	}
	return l
}

// Error joins the problems for logs and tests.
func (l List) Error() string {
	parts := make([]string, len(l))
	for i, p := range l {
		parts[i] = p.Error()
	}
	return strings.Join(parts, "; ")
}

// From returns the problems that an error carries, or nil when it is of another kind.
func From(err error) List {
	var list List
	if errors.As(err, &list) {
		return list
	}
	var one *Error
	if errors.As(err, &one) {
		return List{one}
	}
	return nil
}

// Has says whether an error carries a problem with one of the codes.
func Has(err error, codes ...Code) bool {
	return slices.ContainsFunc(From(err), func(p *Error) bool { return slices.Contains(codes, p.Code) })
}
