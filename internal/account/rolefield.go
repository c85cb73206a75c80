package account

import (
	"errors"
	"slices"

	"github.com/gatehouse/gatehouse/db"
	"github.com/gatehouse/gatehouse/internal/patch"
	"github.com/gatehouse/gatehouse/internal/problem"
	"github.com/gatehouse/gatehouse/internal/text"
)

// descriptionMax counts Unicode code points.
const descriptionMax = 500

// readPermissions returns the codes that a role will have: those given, the essential ones, and those of the role that the
// catalogue no longer has. A code that is new to the role must be in the catalogue and the viewer's to give.
func (a *attempt) readPermissions(problems *problem.List, role *db.Role, given []string) db.Codes {
	catalogue := a.service.catalogue
	essential := catalogue.Essential()
	for i, code := range given {
		path := at("permissions", i)
		switch {
		case slices.Contains(role.Permissions, code), slices.Contains(essential, code):
		case !catalogue.Has(code):
			problems.Add(problem.New(problem.Invalid, "permission.unknown", path, "permission", code))
		case a.viewer != nil && !a.viewer.Admin && !a.viewer.May(code):
			problems.Add(problem.New(problem.NotAllowed, "permission.not_allowed", path, "permission", code))
		}
	}
	return db.NewCodes(slices.Concat(given, essential, catalogue.Retired(role))...)
}

// removeRetired returns the codes of a role without those that are named, which must be on it and no longer in the catalogue.
func (a *attempt) removeRetired(problems *problem.List, role *db.Role, named []string) db.Codes {
	retired := a.service.catalogue.Retired(role)
	for i, code := range named {
		if !slices.Contains(retired, code) {
			problems.Add(problem.New(problem.Invalid, "permission.not_retired", at("removeRetiredPermissions", i), "permission", code))
		}
	}
	if len(named) == 0 {
		return role.Permissions
	}
	return db.NewCodes(slices.DeleteFunc(slices.Clone(role.Permissions), func(code string) bool { return slices.Contains(named, code) })...)
}

func readDescription(problems *problem.List, path, raw string) string {
	description, ok := text.CleanLines(raw)
	switch {
	case !ok:
		problems.Add(problem.New(problem.Invalid, "description.invalid", path))
	case text.Length(description) > descriptionMax:
		problems.Add(problem.New(problem.TooLong, "description.too_long", path, "limit", descriptionMax))
	}
	return description
}

// cleared reads a field of an update that may be empty: what is left out stays, and null clears.
func cleared[T any](problems *problem.List, path string, field patch.Field[*T], present T, read func(*problem.List, string, T) T) T {
	if field.IsSet() && field.Value() == nil {
		var empty T
		return empty
	}
	return patched(problems, path, field, present, read)
}

// nameTaken turns the refusal of a name, or of a code, that the account has already into a problem at its path.
func nameTaken(err error, key, path string) error {
	if conflict, ok := errors.AsType[*db.ConflictError](err); ok && (conflict.On("name_key") || conflict.On("code")) {
		return problem.New(problem.Taken, key, path)
	}
	return err
}

// orNil keeps a row that was read or filled in for a refused operation from whoever asked.
func orNil[T any](row *T, err error) (*T, error) {
	if err != nil {
		return nil, err
	}
	return row, nil
}
