package account

import (
	"slices"
	"strings"

	"github.com/gatehouse/gatehouse/db"
	"github.com/gatehouse/gatehouse/internal/patch"
	"github.com/gatehouse/gatehouse/internal/problem"
	"github.com/gatehouse/gatehouse/internal/text"
)

// The readers of fields return a field as it is stored, or add what is wrong with it at its path below "input".

func readLoginName(problems *problem.List, path, raw string) string {
	name, ok := text.Clean(raw)
	problems.Add(nameProblem("login_name", path, name, ok && onlyNameRunes(name)))
	return name
}

func readHandle(problems *problem.List, path, raw string) string {
	handle, ok := text.Clean(raw)
	problems.Add(nameProblem("handle", path, handle, ok && onlyNameRunes(handle) && strings.ToLower(handle) == handle))
	return handle
}

// nameProblem judges login names and handles, which are as long as each other.
func nameProblem(key, path, name string, wellFormed bool) *problem.Error {
	switch {
	case !wellFormed:
		return problem.New(problem.Invalid, key+".invalid", path)
	case name == "":
		return problem.New(problem.Required, key+".required", path)
	case text.Length(name) < text.LoginMin:
		return problem.New(problem.TooShort, key+".too_short", path, "limit", text.LoginMin)
	case text.Length(name) > text.LoginMax:
		return problem.New(problem.TooLong, key+".too_long", path, "limit", text.LoginMax)
	}
	return nil
}

// onlyNameRunes leaves the length to be judged by itself, so that the sentence can say which of the two is wrong.
func onlyNameRunes(name string) bool {
	return !strings.ContainsFunc(name, func(r rune) bool { return !text.IsLoginName(strings.Repeat(string(r), text.LoginMin)) })
}

func readName(problems *problem.List, path, raw string) string {
	name, ok := text.Clean(raw)
	switch {
	case !ok:
		problems.Add(problem.New(problem.Invalid, "name.invalid", path))
	case name == "":
		problems.Add(problem.New(problem.Required, "name.required", path))
	case text.Length(name) > text.NameMax:
		problems.Add(problem.New(problem.TooLong, "name.too_long", path, "limit", text.NameMax))
	}
	return name
}

func readEmail(problems *problem.List, path, raw string) string {
	email, ok := text.Clean(raw)
	email = text.Email(email)
	switch {
	case !ok:
		problems.Add(problem.New(problem.Invalid, "email.hidden", path))
	case email == "":
		problems.Add(problem.New(problem.Required, "email.required", path))
	case len(email) > text.EmailMax:
		problems.Add(problem.New(problem.TooLong, "email.too_long", path, "limit", text.EmailMax))
	case !text.IsEmail(email):
		problems.Add(emailProblem(path, email))
	}
	return email
}

// emailProblem says whether the domain of what is no address is wrong, or more.
func emailProblem(path, email string) *problem.Error {
	at := strings.LastIndexByte(email, '@')
	if at >= 0 && at+1 < len(email) && text.IsEmail(email[:at]+"@example.com") {
		return problem.New(problem.Invalid, "email.domain", path, "domain", email[at+1:])
	}
	return problem.New(problem.Invalid, "email.invalid", path)
}

var languages = []db.Language{db.English, db.Dutch, db.German, db.French, db.Spanish}

func readLanguage(problems *problem.List, path string, language db.Language) db.Language {
	if !slices.Contains(languages, language) {
		problems.Add(problem.New(problem.Invalid, "language.invalid", path))
	}
	return language
}

// patched reads a field of an update: what is left out stays, and null is INVALID where the field cannot be empty.
func patched[T any](problems *problem.List, path string, field patch.Field[*T], present T, read func(*problem.List, string, T) T) T {
	if !field.IsSet() {
		return present
	}
	value := field.Value()
	if value == nil {
		problems.Add(isNull(path))
		return present
	}
	return read(problems, path, *value)
}

func isNull(path string) *problem.Error { return problem.New(problem.Invalid, "null.invalid", path) }

// emptied reads a list of an update that may be empty. Only an empty list empties it: a client that sends null for what it leaves
// out would otherwise open what the list guards.
func emptied[T any](problems *problem.List, path string, field patch.Field[[]T]) ([]T, bool) {
	if field.IsSet() && field.Value() == nil {
		problems.Add(clearsNothing(path, "[]"))
	}
	return field.Value(), field.Value() != nil
}

// deliberate says whether a flag of an update is true, which clears the field beside it as null does not. The two are not given
// together.
func deliberate(problems *problem.List, flagPath string, flag *bool, path string, given, null bool) bool {
	on := flag != nil && *flag
	switch {
	case given && null:
		problems.Add(clearsNothing(path, flagPath+": true"))
	case given && on:
		problems.Add(problem.New(problem.Invalid, "fields.exclusive", flagPath, "one", flagPath, "other", path))
	}
	return on
}

func clearsNothing(path, instead string) *problem.Error {
	return problem.New(problem.Invalid, "null.clears_nothing", path, "instead", instead)
}

// asGiven is for fields that cannot be wrong.
func asGiven[T any](_ *problem.List, _ string, value T) T { return value }

// checkRevision refuses an update that was made from an older state (product rule 14 and the schema).
func checkRevision(given *int, present int) error {
	if given != nil && *given != present {
		return problem.New(problem.StaleRevision, "revision.stale", "revision")
	}
	return nil
}
