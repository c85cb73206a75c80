package graph

import (
	"context"
	"log/slog"
	"net/http"
	"strings"
	"time"

	"github.com/99designs/gqlgen/graphql"
	"github.com/99designs/gqlgen/graphql/executor"
	"github.com/99designs/gqlgen/graphql/handler/lru"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/formatter"
	"github.com/vektah/gqlparser/v2/validator/core"
	"github.com/vektah/gqlparser/v2/validator/rules"

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
	return generated.NewCompiledSchema(config, plan.NewCache(config.Schema, cachedDocument, readingsOf), asksFields)
}

func newHandler(config Config, executable func(generated.Config) graphql.ExecutableSchema) transport {
	resolver := &Resolver{
		store: config.Store, accounts: config.Accounts, signIn: config.SignIn, catalogue: config.Catalogue, state: config.State, now: config.Now,
	}
	schema := executable(generated.Config{Schema: schema(), Resolvers: resolver})
	exec := executor.New(schema)
	exec.SetQueryCache(smallDocuments{lru.New[*ast.QueryDocument](256)})
	exec.SetParserTokenLimit(maxTokens)
	exec.SetDisableSuggestion(true)
	exec.SetDefaultRulesFn(rulesWithoutSuggestions)
	exec.SetErrorPresenter(presenter{config.Log}.present)
	exec.SetRecoverFunc(recovered)
	exec.Use(strictVariables{schema.Schema()})
	exec.Use(limits{})
	exec.Use(gate{resolver})
	return transport{exec, resolver}
}

// schema is the one that is generated, without the directive @defer, which gqlparser adds by itself: an answer here is
// always one.
func schema() *ast.Schema {
	whole := generated.NewExecutableSchema(generated.Config{}).Schema()
	own := *whole
	own.Directives = make(map[string]*ast.DirectiveDefinition, len(whole.Directives))
	for name, directive := range whole.Directives {
		if name != "defer" {
			own.Directives[name] = directive
		}
	}
	return &own
}

// SDL is the schema as text.
func SDL() string {
	var out strings.Builder
	formatter.NewFormatter(&out, formatter.WithIndent("  ")).FormatSchema(schema())
	return out.String()
}

// rulesWithoutSuggestions are the rules of validation, none of which guesses what a stranger may have meant: guesses tell
// the schema bit by bit. The executor itself sees to the two rules that are missing here.
func rulesWithoutSuggestions() *rules.Rules {
	all := rules.NewDefaultRules()
	for _, quiet := range []struct {
		talkative, rule core.Rule
	}{
		{rules.KnownArgumentNamesRule, rules.KnownArgumentNamesRuleWithoutSuggestions},
		{rules.KnownTypeNamesRule, rules.KnownTypeNamesRuleWithoutSuggestions},
		{rules.ValuesOfCorrectTypeRule, rules.ValuesOfCorrectTypeRuleWithoutSuggestions},
	} {
		all.RemoveRule(quiet.talkative.Name)
		all.AddRule(quiet.rule.Name, quiet.rule.RuleFunc)
	}
	return all
}

// cachedDocument is how long a document may be to be remembered once it is parsed: strangers can send documents, too, and
// what is parsed is many times as large.
const cachedDocument = 8 << 10

// smallDocuments remembers parsed documents.
type smallDocuments struct{ *lru.LRU[*ast.QueryDocument] }

// Add implements graphql.Cache.
func (s smallDocuments) Add(ctx context.Context, text string, document *ast.QueryDocument) {
	if len(text) <= cachedDocument {
		s.LRU.Add(ctx, text, document)
	}
}

var _ graphql.Cache[*ast.QueryDocument] = smallDocuments{}
