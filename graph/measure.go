package graph

import (
	"encoding/json"
	"math"
	"strings"

	"github.com/vektah/gqlparser/v2/ast"
)

// measurement is what a selection asks for.
type measurement struct {
	depth, aliases, fields int
	// cost is by the usual sizes of lists, and statements are counted by the possible ones.
	cost, statements proportion
}

// proportion is an amount that grows with how many objects the selection is asked of, and with in how many batches these are
// read: a loader takes one statement a batch.
type proportion struct{ perObject, perBatch int }

func (p proportion) plus(other proportion) proportion {
	return proportion{add(p.perObject, other.perObject), add(p.perBatch, other.perBatch)}
}

// one is the amount for one object.
func (p proportion) one() int { return add(p.perObject, p.perBatch) }

func (m measurement) plus(other measurement) measurement {
	return measurement{
		depth: max(m.depth, other.depth), aliases: add(m.aliases, other.aliases), fields: add(m.fields, other.fields),
		cost: m.cost.plus(other.cost), statements: m.statements.plus(other.statements),
	}
}

// price is the cost of the whole operation: never less than the statements that it could take.
func (m measurement) price() int { return max(m.cost.one(), m.statements.one()) }

// measurer measures an operation that nobody has validated: what the schema does not know costs nothing, and is refused later.
// Fragments must not spread themselves. Each is measured once, however often it is spread.
type measurer struct {
	schema    *ast.Schema
	operation *ast.OperationDefinition
	fragments map[string]*ast.FragmentDefinition
	variables map[string]any // as they were sent
	// stranger: nobody is signed in. Closed root fields are refused, and of the steps of signing in all but the first.
	stranger bool

	measured  map[spread]measurement
	described *introspected
	mutations int
	// introspects: the schema is asked for.
	introspects bool
}

// spread is a fragment where it is spread: in a connection, the size of its page counts.
type spread struct {
	fragment string
	page     int
}

func (m *measurer) measure() measurement {
	m.measured = make(map[spread]measurement)
	m.described = &introspected{schema: m.schema, fragments: m.fragments}
	root := m.schema.Query
	if m.operation.Operation == ast.Mutation {
		root = m.schema.Mutation
	}
	return m.selections(m.operation.SelectionSet, root, 0)
}

func (m *measurer) selections(set ast.SelectionSet, on *ast.Definition, page int) measurement {
	var total measurement
	for _, selection := range set {
		switch selection := selection.(type) {
		case *ast.Field:
			total = total.plus(m.field(selection, on, page))
		case *ast.InlineFragment:
			total = total.plus(m.selections(selection.SelectionSet, m.narrowed(on, selection.TypeCondition), page))
		case *ast.FragmentSpread:
			at := spread{selection.Name, page}
			measured, done := m.measured[at]
			if fragment := m.fragments[selection.Name]; !done && fragment != nil {
				measured = m.selections(fragment.SelectionSet, m.narrowed(on, fragment.TypeCondition), page)
				m.measured[at] = measured
			}
			total = total.plus(measured)
		}
	}
	return total
}

func (m *measurer) narrowed(on *ast.Definition, condition string) *ast.Definition {
	if condition == "" {
		return on
	}
	return m.schema.Types[condition]
}

func (m *measurer) field(field *ast.Field, on *ast.Definition, page int) measurement {
	total := measurement{depth: 1, fields: 1}
	if field.Alias != field.Name {
		total.aliases = 1
	}
	var definition *ast.FieldDefinition
	if on != nil {
		definition = on.Fields.ForName(field.Name)
	}
	var leadsTo *ast.Definition
	if definition != nil {
		leadsTo = m.schema.Types[definition.Type.Name()]
	}
	if m.stranger && m.isRefused(field, on) {
		total.cost.perObject = refusedPrice
		return total
	}
	if on == m.schema.Query && (field.Name == "__schema" || field.Name == "__type") {
		m.introspects = true
		total.cost.perObject = m.described.price(field, m.argument(field, "name"))
		leadsTo = nil // its selections cost nothing more, but count as fields
	}
	isConnection := leadsTo != nil && strings.HasSuffix(leadsTo.Name, "Connection")
	pageWithin := 0
	if isConnection {
		pageWithin = m.pageSize(field)
	}
	within := m.selections(field.SelectionSet, leadsTo, pageWithin)
	total.depth += within.depth
	total.aliases, total.fields = add(total.aliases, within.aliases), add(total.fields, within.fields)
	if definition == nil || leadsTo == nil {
		return total
	}
	own, statements := eachPrice, statementsEach
	if on == m.schema.Mutation {
		own = mutationPrice
	}
	usual, possible := m.listSizes(field, on, definition, leadsTo, page)
	when := readsOf(on.Name, field.Name)
	total.cost = of(when, own, batchedPrice, usual, within.cost, 1)
	total.statements = of(when, statements, statements, possible, within.statements, 0)
	if strings.HasSuffix(on.Name, "Connection") { // a page is one batch
		total.cost = proportion{perObject: total.cost.one()}
		total.statements = proportion{perObject: total.statements.one()}
	}
	return total
}

// isRefused says whether a stranger's root field will be refused without being looked at.
func (m *measurer) isRefused(field *ast.Field, on *ast.Definition) bool {
	switch on {
	case m.schema.Query:
		return queries[field.Name] != 0 && admit(nil, queries[field.Name]) != nil
	case m.schema.Mutation:
		m.mutations++
		return m.mutations > 1 || admit(nil, mutations[field.Name]) != nil
	}
	return false
}

// of is the amount of a field that leads to a number of objects, each of which counts, with what is asked of them within.
func of(when reads, each, batched, objects int, within proportion, counts int) proportion {
	total := proportion{multiply(objects, add(counts, within.perObject)), within.perBatch}
	switch when {
	case readsBatched:
		total.perBatch = add(total.perBatch, batched)
	case readsEach:
		total = proportion{perObject: add(each, total.one())}
	case readsNothing:
	}
	return total
}

// listSizes is how many objects a field leads to.
func (m *measurer) listSizes(field *ast.Field, on *ast.Definition, definition *ast.FieldDefinition, leadsTo *ast.Definition, page int) (usual, possible int) {
	switch {
	case leadsTo.IsLeafType():
		return 0, 0
	case definition.Type.Elem == nil:
		return 1, 1
	case strings.HasSuffix(on.Name, "Connection"):
		return page, page
	case on == m.schema.Query && field.Name == "nodes":
		if ids, ok := m.argument(field, "ids").([]any); ok {
			return len(ids), len(ids)
		}
	}
	return sizeOr(usualSizes, field.Name, usualSize), sizeOr(possibleSizes, field.Name, possibleSize)
}

// pageSize is how many nodes a connection is asked for. What is refused later counts as the most there can be.
func (m *measurer) pageSize(field *ast.Field) int {
	size := pageDefault
	for _, name := range []string{"first", "last"} {
		switch n := m.argument(field, name).(type) {
		case nil:
			continue
		case json.Number:
			number, err := n.Int64()
			if err != nil || number > pageMost {
				number = pageMost
			}
			size = int(max(number, 1))
		default:
			size = pageMost
		}
	}
	return size
}

// argument returns the value of an argument in the form of decoded JSON, numbers as [json.Number]; nil when there is none.
func (m *measurer) argument(field *ast.Field, name string) any {
	argument := field.Arguments.ForName(name)
	if argument == nil {
		return nil
	}
	value := argument.Value
	if value.Kind == ast.Variable {
		if sent, given := m.variables[value.Raw]; given {
			return sent
		}
		definition := m.operation.VariableDefinitions.ForName(value.Raw)
		if definition == nil || definition.DefaultValue == nil {
			return nil
		}
		value = definition.DefaultValue
	}
	switch value.Kind {
	case ast.IntValue:
		return json.Number(value.Raw)
	case ast.NullValue:
		return nil
	case ast.ListValue:
		return make([]any, len(value.Children))
	default:
		return value.Raw
	}
}

func add(a, b int) int {
	if a > math.MaxInt-b {
		return math.MaxInt
	}
	return a + b
}

func multiply(a, b int) int {
	if b != 0 && a > math.MaxInt/b {
		return math.MaxInt
	}
	return a * b
}
