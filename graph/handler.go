package graph

import (
	"log/slog"
	"maps"
	"net/http"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/99designs/gqlgen/graphql"
	"github.com/99designs/gqlgen/graphql/executor"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/formatter"

	"github.com/gatehouse/gatehouse/db"
	"github.com/gatehouse/gatehouse/graph/generated"
	"github.com/gatehouse/gatehouse/graph/plan"
	"github.com/gatehouse/gatehouse/internal/access"
	"github.com/gatehouse/gatehouse/internal/account"
	"github.com/gatehouse/gatehouse/internal/signin"
)

// Config is what the handler works with.
type Config struct {
	Store     *db.DB
	Accounts  *account.Service
	SignIn    *signin.Service
	Catalogue *access.Catalogue
	// State has in memory what many users hold. Whoever finds out a request's viewer has looked at what has changed.
	State *access.State
	Log   *slog.Logger
	Now   func() time.Time
}

// NewHandler makes the handler of GraphQL over HTTP. Requests must come with a [Visitor].
func NewHandler(config Config) http.Handler { return newHandler(config, compiledSchema) }

// compiledSchema answers queries by their plans.
func compiledSchema(config generated.Config) graphql.ExecutableSchema {
	return generated.NewCompiledSchema(config, plan.NewCache(config.Schema, cachedDocument, readingsOf), unplanned)
}

func newHandler(config Config, executable func(generated.Config) graphql.ExecutableSchema) transport {
	resolver := &Resolver{
		store: config.Store, accounts: config.Accounts, signIn: config.SignIn, catalogue: config.Catalogue, state: config.State, now: config.Now,
	}
	schema := executable(generated.Config{Schema: schema(), Resolvers: resolver})
	exec := executor.New(schema)
	exec.SetErrorPresenter(presenter{config.Log}.present)
	exec.SetRecoverFunc(recovered)
	return transport{exec: exec, resolver: resolver, accept: newEntrance(schema.Schema(), resolver).accept, unread: newUnread(), log: config.Log}
}

// schema is the one that is generated, without what gqlparser adds by itself: the directive @defer, since an answer here is
// always one, and the scalars that nothing is of, which introspection must not have (GraphQL, 3.5).
func schema() *ast.Schema {
	own := *generated.NewExecutableSchema(generated.Config{}).Schema()
	own.Directives, own.Types = maps.Clone(own.Directives), maps.Clone(own.Types)
	delete(own.Directives, "defer")
	for _, name := range []string{"Float", "Int", "ID"} {
		if !isReferenced(&own, name) {
			delete(own.Types, name)
		}
	}
	return &own
}

func isReferenced(schema *ast.Schema, name string) bool {
	for _, definition := range schema.Types {
		for _, field := range definition.Fields {
			if field.Type.Name() == name || slices.ContainsFunc(field.Arguments, func(a *ast.ArgumentDefinition) bool { return a.Type.Name() == name }) {
				return true
			}
		}
	}
	return false
}

// SDL is the schema as text.
var SDL = sync.OnceValue(func() string {
	var out strings.Builder
	formatter.NewFormatter(&out, formatter.WithIndent("  ")).FormatSchema(schema())
	return out.String()
})
