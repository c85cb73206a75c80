package db

import (
	"reflect"
	"slices"
	"sync"

	"github.com/uptrace/bun/schema"
)

// Reading is what is read of the rows of a list for one kind of question. Nil reads every column that lists are asked for. It
// is safe for concurrent use, on databases of one kind.
type Reading struct {
	fields []string
	shapes sync.Map // of *shape, by shapeKey
}

type shapeKey struct {
	row     reflect.Type
	ordered string
}

// NewReading makes a reading of some fields of a row's struct, by their names in Go, besides the ID and what the list is
// ordered by.
func NewReading(fields []string) *Reading { return &Reading{fields: fields} }

// identified reads of rows which they are and nothing else.
var identified = NewReading(nil)

// shapeToRead is the shape of the rows that are read, with the column that they are ordered by; empty: in no order.
func shapeToRead[T any](reader Reader, reading *Reading, ordered string) *shape {
	whole := listedShapeOf[T](reader)
	if reading == nil {
		return whole
	}
	key := shapeKey{reflect.TypeFor[T](), ordered}
	if known, ok := reading.shapes.Load(key); ok {
		return known.(*shape)
	}
	part := whole.only(func(field *schema.Field) bool {
		return field.GoName == "ID" || field.Name == ordered || slices.Contains(reading.fields, field.GoName)
	})
	reading.shapes.Store(key, part)
	return part
}
