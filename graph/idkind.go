package graph

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"

	"github.com/gatehouse/gatehouse/internal/typeid"
)

// idKind is what an ID may identify at one place of the input.
type idKind struct {
	name     string
	prefixes []string
}

var (
	userID        = idKind{"a user", []string{"user"}}
	roleID        = idKind{"a role", []string{"role"}}
	accessPointID = idKind{"an access point", []string{"ap"}}
	whitelistID   = idKind{"a whitelist", []string{"wl"}}
	apiKeyID      = idKind{"an API key", []string{"key"}}
	sessionID     = idKind{"a session", []string{"session"}}
	mailID        = idKind{"a mail", []string{"mail"}}
	factorID      = idKind{"a second factor", []string{"totp", "passkey"}}
	anyID         = idKind{"an object", slices.Sorted(maps.Keys(nodeKinds))}
)

// idKinds has every place of the schema that takes an ID: arguments ("Query.node(id)") and fields of inputs. newIDCheck panics for a
// place that is missing here.
var idKinds = map[string]idKind{
	"Query.node(id)":                      anyID,
	"Query.nodes(ids)":                    anyID,
	"AccessSubject.apiKeyId":              apiKeyID,
	"AccessSubject.userId":                userID,
	"ApiKeyFilter.userIds":                userID,
	"AuditEventFilter.actorId":            userID,
	"AuditEventFilter.apiKeyId":           apiKeyID,
	"AuditEventFilter.subjectId":          anyID,
	"AuditEventFilter.targetId":           anyID,
	"CreateAccessPointInput.whitelistIds": whitelistID,
	"CreateApiKeyInput.userId":            userID,
	"CreateApiKeyInput.whitelistIds":      whitelistID,
	"CreateUserInput.roleIds":             roleID,
	"CreateUserInput.whitelistIds":        whitelistID,
	"DeactivateUserInput.id":              userID,
	"DeleteAccessPointInput.id":           accessPointID,
	"DeleteRoleInput.id":                  roleID,
	"DeleteWhitelistInput.id":             whitelistID,
	"DuplicateRoleInput.id":               roleID,
	"MailFilter.userIds":                  userID,
	"ReactivateUserInput.id":              userID,
	"RemoveMfaMethodInput.id":             factorID,
	"RenameMfaMethodInput.id":             factorID,
	"ResendMailInput.id":                  mailID,
	"ResendWelcomeInput.id":               userID,
	"ResetUserMfaInput.id":                userID,
	"RevokeApiKeyInput.id":                apiKeyID,
	"RevokeSessionInput.id":               sessionID,
	"RotateAccessPointSecretInput.id":     accessPointID,
	"RotateApiKeyInput.id":                apiKeyID,
	"UnlockUserInput.id":                  userID,
	"UpdateAccessPointInput.id":           accessPointID,
	"UpdateAccessPointInput.whitelistIds": whitelistID,
	"UpdateApiKeyInput.id":                apiKeyID,
	"UpdateApiKeyInput.whitelistIds":      whitelistID,
	"UpdateRoleInput.id":                  roleID,
	"UpdateUserInput.id":                  userID,
	"UpdateUserInput.roleIds":             roleID,
	"UpdateUserInput.whitelistIds":        whitelistID,
	"UpdateWhitelistInput.id":             whitelistID,
	"UserFilter.roleIds":                  roleID,
	"UserFilter.whitelistIds":             whitelistID,
	"UserLookup.id":                       userID,
}

// idCheck holds IDs to their form and kind before anything is executed. Whether the object exists is not its concern: an ID of another
// account's object passes like one of an object that never was.
type idCheck struct {
	schema *ast.Schema
	// inputs are the input types that hold IDs.
	inputs map[string]bool
}

func newIDCheck(schema *ast.Schema) idCheck {
	check := idCheck{schema, map[string]bool{"ID": true}}
	require := func(place string) {
		if len(idKinds[place].prefixes) == 0 {
			panic("idKinds does not say what the ID at " + place + " identifies")
		}
	}
	for found := true; found; {
		found = false
		for name, definition := range schema.Types {
			for _, field := range definition.Fields {
				if definition.Kind != ast.InputObject || !check.inputs[field.Type.Name()] {
					continue
				}
				if field.Type.Name() == "ID" {
					require(name + "." + field.Name)
				}
				found = found || !check.inputs[name]
				check.inputs[name] = true
			}
		}
	}
	for name, definition := range schema.Types {
		for _, field := range definition.Fields {
			for _, argument := range field.Arguments {
				if argument.Type.Name() == "ID" {
					require(argumentPlace(name, field.Name, argument.Name))
				}
			}
		}
	}
	return check
}

func argumentPlace(object, field, argument string) string {
	return object + "." + field + "(" + argument + ")"
}

// check returns the errors of the IDs of an operation, whose document is valid. variables are coerced.
func (c idCheck) check(fragments map[string]*ast.FragmentDefinition, operation *ast.OperationDefinition, variables map[string]any) gqlerror.List {
	search := idSearch{idCheck: c, fragments: fragments, variables: variables, seen: map[string]bool{}}
	search.selections(operation.SelectionSet)
	return search.errs
}

type idSearch struct {
	idCheck
	fragments map[string]*ast.FragmentDefinition
	variables map[string]any
	seen      map[string]bool // fragments
	errs      gqlerror.List
}

func (s *idSearch) selections(set ast.SelectionSet) {
	for _, selection := range set {
		switch selection := selection.(type) {
		case *ast.Field:
			for _, argument := range selection.Arguments {
				s.argument(selection, argument)
			}
			s.selections(selection.SelectionSet)
		case *ast.InlineFragment:
			s.selections(selection.SelectionSet)
		case *ast.FragmentSpread:
			if fragment := s.fragments[selection.Name]; fragment != nil && !s.seen[selection.Name] {
				s.seen[selection.Name] = true
				s.selections(fragment.SelectionSet)
			}
		}
	}
}

func (s *idSearch) argument(field *ast.Field, argument *ast.Argument) {
	definition := field.Definition.Arguments.ForName(argument.Name)
	if !s.inputs[definition.Type.Name()] {
		return
	}
	value, err := argument.Value.Value(s.variables)
	if err != nil { // a number beyond 64 bits
		value = err
	}
	place := argumentPlace(field.ObjectDefinition.Name, field.Name, argument.Name)
	s.value(value, definition.Type, place, func(problem string, path string) {
		if len(s.errs) < maxErrors {
			refusal := gqlerror.ErrorPosf(argument.Position, "Argument %q of field %q must be %s", argument.Name+path, field.Name, problem)
			refusal.Extensions = map[string]any{"argument": argument.Name + path}
			s.errs = append(s.errs, refusal)
		}
	})
}

// value checks the IDs in a value. place is where its kind is looked up; path is where it is in the argument.
func (s *idSearch) value(value any, want *ast.Type, place string, refuse func(problem, path string)) {
	within := func(step string) func(string, string) {
		return func(problem, path string) { refuse(problem, "."+step+path) }
	}
	switch value := value.(type) {
	case nil:
		return
	case []any:
		if want.Elem != nil {
			for i, element := range value {
				s.value(element, want.Elem, place, within(fmt.Sprint(i)))
			}
			return
		}
	case map[string]any:
		definition := s.schema.Types[want.Name()]
		for _, field := range definition.Fields {
			if s.inputs[field.Type.Name()] {
				s.value(value[field.Name], field.Type, definition.Name+"."+field.Name, within(field.Name))
			}
		}
		return
	}
	if problem := idKinds[place].refusal(value); problem != "" && want.Name() == "ID" {
		refuse(problem, "")
	}
}

// refusal says what an ID must be, and what it is where that can be known; empty where it is right.
func (k idKind) refusal(value any) string {
	text, _ := value.(string)
	id, err := typeid.Parse(text)
	prefix := id.Prefix()
	if err == nil && slices.Contains(k.prefixes, prefix) {
		return ""
	}
	must := "the ID of " + k.name + ", as answers have it"
	if len(k.prefixes) <= 2 {
		must += ": " + strings.Join(k.prefixes, "_… or ") + "_… with 26 characters"
	}
	switch {
	case err != nil:
		return must + ". This is not an ID, or it was mistyped."
	case nodeKinds[prefix].find == nil:
		return must + ". There are no IDs that begin with " + prefix + "_."
	}
	return must + ". This is the ID of an object of another kind: " + prefix + "_…"
}
