package plan

import (
	"context"
	"errors"

	"github.com/99designs/gqlgen/graphql"

	"github.com/gatehouse/gatehouse/graph/scalar"
)

// MaxAnswer is how many bytes an answer may have.
const MaxAnswer = 8 << 20

// ErrTooLarge is the error of an answer that would be larger than [MaxAnswer].
var ErrTooLarge = errors.New("the answer is too large")

// Writer writes one answer. Its methods that write a value say whether it is more than null; a null in a place that the
// schema wants filled makes the object or list around it null, and so on outwards (GraphQL, 6.4.4).
type Writer struct {
	Operation *graphql.OperationContext
	plan      *Selection
	out       []byte
	ctx       context.Context
	place     []step
}

// step is a part of the way to the value that is being written: a field, or without one a place in a list.
type step struct {
	field *Field
	index int
}

// NewWriter makes the writer of an operation's answer, which will be about as long as the last one by the same plan.
func NewWriter(ctx context.Context, operation *graphql.OperationContext, plan *Selection) *Writer {
	size := plan.size.Load()
	w := &Writer{Operation: operation, plan: plan, out: make([]byte, 0, size+size/8+512)}
	w.ctx = placed{ctx, w}
	return w
}

// Answer has everything written that is asked of the operation, and remembers how long it was. A panic outside resolvers
// leaves nothing of it but an error, as does an answer that is too large.
func (w *Writer) Answer(write func(*Selection) bool) (data []byte) {
	defer func() {
		cause := recover()
		if cause == nil {
			return
		}
		err, tooLarge := cause.(error)
		if tooLarge = tooLarge && errors.Is(err, ErrTooLarge); !tooLarge {
			err = w.Operation.Recover(w.ctx, cause)
		}
		w.place, data = nil, []byte("null")
		w.Operation.Error(w.ctx, err)
	}()
	write(w.plan)
	w.plan.size.Store(int64(len(w.out)))
	return w.out
}

// Context is the context of the field that is being written, for whoever resolves it: errors find their place by it. It is
// good until the resolver returns.
func (w *Writer) Context() context.Context { return w.ctx }

// Open begins an object or a list.
func (w *Writer) Open(bracket byte) (start int) {
	start = len(w.out)
	w.out = append(w.out, bracket)
	return start
}

// Close ends what began at start; it becomes null where something in it is null that must not be.
func (w *Writer) Close(start int, bracket byte, valid bool) bool {
	if !valid {
		w.out = w.out[:start]
		return w.Null()
	}
	w.out = append(w.out, bracket)
	return true
}

// Key writes the name of a field.
func (w *Writer) Key(f *Field) {
	w.out = append(w.out, f.key...)
	w.bound()
}

// bound gives the answer up when it is too large.
func (w *Writer) bound() {
	if len(w.out) > MaxAnswer {
		panic(ErrTooLarge)
	}
}

// Enter makes a field the place that errors name, until [Writer.Leave].
func (w *Writer) Enter(f *Field) { w.place = append(w.place, step{field: f}) }

// Item begins a value of a list.
func (w *Writer) Item(i int) {
	if i > 0 {
		w.out = append(w.out, ',')
	}
	w.bound()
}

// EnterItem makes a value of a list the place that errors name, until [Writer.Leave].
func (w *Writer) EnterItem(i int) { w.place = append(w.place, step{index: i}) }

// Leave goes back to the place around.
func (w *Writer) Leave() { w.place = w.place[:len(w.place)-1] }

// Null writes null.
func (w *Writer) Null() bool {
	w.out = append(w.out, "null"...)
	return false
}

// Missing writes null where the schema wants a value of a type: a fault of whoever resolved it.
func (w *Writer) Missing(declared string) bool {
	graphql.AddInvalidNullError(w.ctx, declared)
	return w.Null()
}

// TypeName writes __typename.
func (w *Writer) TypeName(name string) { w.out = scalar.AppendString(w.out, name) }

// Text writes a String, or a value of an enum.
func (w *Writer) Text(text string) bool {
	w.out = scalar.AppendString(w.out, text)
	return true
}

// Append writes what an append function of a scalar makes of a value. Where the schema wants one, declared is its type.
func Append[T any](w *Writer, declared string, appended func([]byte, T) ([]byte, bool), value T) (filled bool) {
	if w.out, filled = appended(w.out, value); !filled && declared != "" {
		graphql.AddInvalidNullFromMarshaler(w.ctx, declared)
	}
	return filled
}

// Scalar writes what the marshaler of a scalar makes of a value. Where the schema wants one, declared is its type.
func (w *Writer) Scalar(declared string, m graphql.Marshaler) bool {
	if m == graphql.Null && declared != "" {
		graphql.AddInvalidNullFromMarshaler(w.ctx, declared)
	}
	return w.Marshal(m)
}

// Marshal writes what marshals itself.
func (w *Writer) Marshal(m graphql.Marshaler) bool {
	if m == graphql.Null {
		return w.Null()
	}
	m.MarshalGQL(w)
	return true
}

// Write implements io.Writer for [Writer.Marshal].
func (w *Writer) Write(b []byte) (int, error) {
	w.out = append(w.out, b...)
	w.bound()
	return len(b), nil
}

// Resolve asks a resolver, and writes what it finds. Where it fails, or panics, the answer has an error and null in its
// place.
func Resolve[T any](w *Writer, f *Field, resolve func() (T, error), write func(*Field, T) bool) bool {
	value, err := recovering(w, resolve)
	if err != nil {
		w.Operation.Error(w.ctx, err)
		return w.Null()
	}
	return write(f, value)
}

func recovering[T any](w *Writer, resolve func() (T, error)) (value T, err error) {
	defer func() {
		if cause := recover(); cause != nil {
			err = w.Operation.Recover(w.ctx, cause)
		}
	}()
	value, err = resolve()
	return value, graphql.AddFieldLocationToError(w.ctx, err)
}

// Root writes a field of the operation itself, if whatever stands before such fields lets it through.
func (w *Writer) Root(f *Field, write func() bool) (filled bool) {
	before := w.ctx
	ctx := graphql.WithRootFieldContext(before, &graphql.RootFieldContext{Object: f.Name, Field: f.CollectedField})
	start := len(w.out)
	_ = w.Operation.RootResolverMiddleware(ctx, func(ctx context.Context) graphql.Marshaler {
		w.ctx = ctx
		filled = write()
		return graphql.Null // what it stands for is written already
	})
	w.ctx = before
	if len(w.out) == start {
		return w.Null()
	}
	return filled
}
