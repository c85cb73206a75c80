package graph

import (
	"fmt"

	"github.com/vektah/gqlparser/v2/gqlerror"

	"github.com/gatehouse/gatehouse/graph/plan"
)

// bounds are what one request may ask for at most.
type bounds struct {
	body   int64 // bytes of the request
	values int   // of its JSON
	tokens int   // of the document, what is not executed included
	nodes  int   // of the document, with fragments put in wherever they are spread

	operations, fragments  int // of the document
	depth, aliases, fields int // of the operation, likewise with fragments put in
	cost                   int // of the operation: its price by the tables of price.go
}

// What strangers may ask for is enough for every step of signing in: a request of theirs takes less than 50 ms of CPU and less
// than 1 MB of memory, besides the hash of a password.
var (
	mostOfViewers = bounds{
		body: 1 << 20, values: 100_000, tokens: 5_000, nodes: 20_000, operations: 20, fragments: 200,
		depth: 16, aliases: 100, fields: 3_000, cost: maxCost,
	}
	mostOfStrangers = bounds{
		body: 64 << 10, values: 2_000, tokens: 2_600, nodes: 3_000, operations: 5, fragments: 50,
		depth: 16, aliases: 100, fields: 500, cost: 1_000,
	}
)

const (
	maxCost = 40_000
	// maxJSONNesting is of objects and lists in the JSON of a request, which is decoded by recursion.
	maxJSONNesting = 64
	// maxAnswer is how many bytes the data of an answer may have.
	maxAnswer = plan.MaxAnswer
	// maxExecutedErrors is how many errors of an execution are told.
	maxExecutedErrors = 1_000
	// maxMessage is how long a message about a document may be, in bytes: it may repeat what the document says.
	maxMessage = 300
)

// cost is what an operation asks for and may ask for: extensions.cost of every answer.
type cost struct {
	Requested int `json:"requested"`
	Limit     int `json:"limit"`
}

// check refuses what asks for too much.
func (b bounds) check(asked measurement) *gqlerror.Error {
	for _, limit := range []struct {
		name      string
		got, most int
	}{{"depth", asked.depth, b.depth}, {"aliases", asked.aliases, b.aliases}, {"fields", asked.fields, b.fields}} {
		if limit.got > limit.most {
			return tooMuch(limit.name, limit.got, limit.most)
		}
	}
	if price := asked.price(); price > b.cost {
		err := tooMuch("cost", price, b.cost)
		err.Message += ". Ask for shorter pages (first), leave out lists within lists, or send several requests"
		err.Extensions["cost"] = cost{price, b.cost}
		return err
	}
	return nil
}

func tooMuch(what string, got, most int) *gqlerror.Error {
	return &gqlerror.Error{
		Message:    fmt.Sprintf("the operation asks for too much: %s %d, of at most %d", what, got, most),
		Extensions: map[string]any{},
	}
}
