package plan

import (
	"context"

	"github.com/99designs/gqlgen/graphql"
)

// placed is a context that knows where in the answer its writer is. gqlgen hangs a context on every field for this; here
// the place is put together when somebody asks, which only errors and arguments do.
type placed struct {
	context.Context
	writer *Writer
}

// Value implements context.Context.
func (p placed) Value(key any) any {
	switch key {
	case fieldContextKey:
		return p.writer.fieldContext()
	case readingKey{}:
		return p.writer.plan.Reading
	}
	return p.Context.Value(key)
}

type readingKey struct{}

// Reading returns what the [Cache] was told to make of all that the operation asks for; nil where the operation has no plan.
func Reading(ctx context.Context) any { return ctx.Value(readingKey{}) }

// fieldContextKey is the key under which gqlgen keeps the context of a field. It is not exported, so it is heard from
// gqlgen when it asks.
var fieldContextKey = func() any {
	listener := &keyListener{Context: context.Background()}
	graphql.GetFieldContext(listener)
	return listener.heard
}()

type keyListener struct {
	context.Context
	heard any
}

func (l *keyListener) Value(key any) any {
	l.heard = key
	return nil
}

// fieldContext is the place that is being written, as gqlgen has it.
func (w *Writer) fieldContext() *graphql.FieldContext {
	here := &graphql.FieldContext{Object: "Query"}
	for _, step := range w.place {
		next := &graphql.FieldContext{Parent: here}
		if step.field != nil {
			next.Field = step.field.CollectedField
			if step.field.ObjectDefinition != nil {
				next.Object = step.field.ObjectDefinition.Name
			}
		} else {
			next.Index = &step.index
		}
		here = next
	}
	return here
}
