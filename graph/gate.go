package graph

import (
	"context"
	"encoding/json"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"

	"github.com/gatehouse/gatehouse/db"
	"github.com/gatehouse/gatehouse/internal/access"
)

// admission says who may ask a root field at all. Permissions are asked further in, by the rooms below.
type admission int

const (
	signedIn admission = iota + 1 // whoever is signed in and has every factor that is asked of them, or shows a key
	inPerson                      // the same but for keys
	enrolling
	signingIn // everybody but keys
	open      // everybody
)

// queries and mutations say of every root field who is let in. A field that is missing is let in by nobody, and fails a
// test.
var (
	queries = map[string]admission{
		"viewer": open,
		// The schema is at /schema.graphql for everybody.
		"__type": signedIn, "__schema": signedIn,

		"account": signedIn, "node": signedIn, "nodes": signedIn,
		"user": signedIn, "users": signedIn,
		"roles": signedIn, "permissionGroups": signedIn,
		"accessPoints": signedIn, "whitelists": signedIn,
		"auditEvents": signedIn, "auditActions": signedIn,
		"apiKeys": signedIn, "accessDecision": signedIn, "mails": signedIn,
	}
	mutations = map[string]admission{
		"setUpAccount": signingIn, "signIn": signingIn, "verifyTotp": signingIn, "verifyRecoveryCode": signingIn,
		"beginPasskeySignIn": signingIn, "finishPasskeySignIn": signingIn,
		"requestPasswordReset": signingIn, "beginSetPassword": signingIn, "setPassword": signingIn, "confirmEmail": signingIn,

		// Whoever is shut out of the page may still end the session.
		"signOut": signingIn,

		"beginTotpEnrolment": enrolling, "finishTotpEnrolment": enrolling,
		"beginPasskeyEnrolment": enrolling, "finishPasskeyEnrolment": enrolling,

		"beginStepUp": inPerson, "verifyPassword": inPerson,
		"updateViewer": inPerson, "changePassword": inPerson, "changeEmail": inPerson,
		"revokeSession": signedIn, "revokeOtherSessions": inPerson,
		"renameMfaMethod": inPerson, "removeMfaMethod": inPerson, "regenerateRecoveryCodes": inPerson,
		"createUser": signedIn, "updateUser": signedIn, "deactivateUser": signedIn, "reactivateUser": signedIn,
		"unlockUser": signedIn, "resendWelcome": signedIn, "resendMail": signedIn, "resetUserMfa": inPerson,
		"createRole": signedIn, "updateRole": signedIn, "duplicateRole": signedIn, "deleteRole": signedIn,
		"createAccessPoint": signedIn, "updateAccessPoint": signedIn, "deleteAccessPoint": signedIn,
		"rotateAccessPointSecret": inPerson,
		"createApiKey":            inPerson, "rotateApiKey": inPerson, "revokeApiKey": inPerson, "updateApiKey": inPerson,
		"createWhitelist": signedIn, "updateWhitelist": signedIn, "deleteWhitelist": signedIn,
		"updateAccount": signedIn, "updateAccountPolicy": inPerson,
	}
)

// whileEnrolling are the fields that a session may read which may do nothing but enrol a second factor: its own name,
// account and language (product rule 8). Types that do not stand here cannot be reached by it.
var whileEnrolling = map[string]map[string]bool{
	"Viewer":  {"user": true, "account": true, "ip": true, "provenUntil": true, "permissions": true, "assurance": true},
	"User":    {"id": true, "kind": true, "loginName": true, "qualifiedName": true, "name": true, "language": true},
	"Account": {"id": true, "handle": true, "name": true},
}

// admit asks whether a visitor may ask a root field.
func admit(viewer *access.Viewer, who admission) error {
	switch {
	case who == open, who == signingIn && (viewer == nil || viewer.Key == nil):
		return nil
	case viewer == nil || who == 0:
		return access.ErrUnauthenticated
	case who != signedIn && viewer.Key != nil:
		return access.ErrPersonRequired
	case who == enrolling:
		return nil
	}
	return viewer.RequireEnrolled()
}

// gate stands before every field of an operation.
type gate struct {
	resolver *Resolver
	schema   *ast.Schema
}

// closed answers a stranger whose operation has no root field that answers strangers, before anything of it is looked at;
// nil: there is one, or something that is no plain field.
func (g gate) closed(ctx context.Context, operation *ast.OperationDefinition) *graphql.Response {
	table := queries
	if operation.Operation == ast.Mutation {
		table = mutations
	}
	answer, data := &graphql.Response{}, map[string]any{}
	for _, selection := range operation.SelectionSet {
		field, plain := selection.(*ast.Field)
		if !plain || len(field.Directives) > 0 || table[field.Name] == 0 || field.Name == "__type" {
			return nil
		}
		err := admit(nil, table[field.Name])
		if err == nil {
			return nil
		}
		if _, again := data[field.Alias]; !again && len(answer.Errors) < maxErrors {
			answer.Errors = append(answer.Errors, presenter{}.present(ctx, refusedField(field, err)))
		}
		data[field.Alias] = nil
	}
	encoded, err := json.Marshal(data)
	if err != nil { // cannot be: it holds nothing but names
		panic(err)
	}
	answer.Data = encoded
	return answer
}

// InterceptRootField lets a root field be resolved, or refuses it.
func (g gate) InterceptRootField(ctx context.Context, next graphql.RootResolver) graphql.Marshaler {
	field := graphql.GetRootFieldContext(ctx).Field
	table := queries
	isMutation := graphql.GetOperationContext(ctx).Operation.Operation == ast.Mutation
	if isMutation {
		table = mutations
	}
	err := admit(viewerOf(ctx), table[field.Name])
	if err != nil && field.Name == "__type" && g.namesNoType(ctx, field.Field) {
		return graphql.Null // which is nothing to hide; clients try out variables with it
	}
	if err == nil && isMutation {
		err = visitorOf(ctx).oneTry()
	}
	if err != nil {
		graphql.AddError(ctx, refusedField(field.Field, err))
		return graphql.Null
	}
	if isMutation {
		ctx = g.resolver.withLoaders(ctx) // what the field before has loaded may be stale
	}
	return next(ctx)
}

// namesNoType says whether __type is asked about a type that there is not.
func (g gate) namesNoType(ctx context.Context, field *ast.Field) bool {
	argument := field.Arguments.ForName("name")
	if argument == nil {
		return false
	}
	name, err := argument.Value.Value(graphql.GetOperationContext(ctx).Variables)
	text, ok := name.(string)
	return err == nil && ok && g.schema.Types[text] == nil
}

func refusedField(field *ast.Field, err error) *gqlerror.Error {
	refusal := gqlerror.WrapPath(ast.Path{ast.PathName(field.Alias)}, err)
	refusal.Locations = []gqlerror.Location{{Line: field.Position.Line, Column: field.Position.Column}}
	return refusal
}

// fieldMiddleware stands before every field with a resolver. Asking at each costs something, so it is done only where
// something may be refused there.
func fieldMiddleware(ctx context.Context, operation *ast.OperationDefinition, introspects bool) graphql.FieldMiddleware {
	middleware := func(ctx context.Context, next graphql.Resolver) (any, error) { return next(ctx) }
	if operation.Operation == ast.Mutation || asksFields(ctx) {
		middleware = askField
	}
	if introspects {
		return ofTheirKind(middleware)
	}
	return middleware
}

// unplanned says which queries have no plan: strangers' are small, and theirs to forget.
func unplanned(ctx context.Context) bool { return viewerOf(ctx) == nil || asksFields(ctx) }

// asksFields says whether each field of a query has to be asked about: for a session that may only enrol, and for a viewer
// from whom parts of objects are kept ([narrowed]). Such queries have no plan (graph/plan).
func asksFields(ctx context.Context) bool {
	viewer := viewerOf(ctx)
	return viewer != nil && (viewer.RequireEnrolled() != nil || !viewer.May(access.ViewUser))
}

func askField(ctx context.Context, next graphql.Resolver) (any, error) {
	viewer := viewerOf(ctx)
	if viewer == nil {
		return next(ctx)
	}
	field := graphql.GetFieldContext(ctx)
	if fields, restricted := whileEnrolling[field.Object]; restricted && viewer.Assurance() == db.EnrolmentRequired && !fields[field.Field.Name] {
		return nil, access.ErrMFARequired
	}
	if err := maySeeField(viewer, field); err != nil {
		return nil, err
	}
	return next(ctx)
}
