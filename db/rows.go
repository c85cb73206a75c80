package db

import (
	"context"
	"database/sql"
	"errors"
	"reflect"
	"slices"
	"strings"
	"sync"

	"github.com/uptrace/bun/schema"
)

// shape is how rows of a table come into structs: by the same tags that bun reads.
type shape struct {
	table   string
	columns []string
	fields  []*schema.Field
	targets []func(field reflect.Value) any
}

var shapes, listedShapes sync.Map // of *shape, by the type of the struct

// shapeOf is the shape of a struct that stands for a table.
func shapeOf[T any](r Reader) *shape { return newShape[T](r, &shapes, nil) }

// unlisted are columns that no list is asked for: they are for searching, for signing in and for sending.
var unlisted = []string{"search", "password_hash", "password_version", "text_body", "html_body"}

// listedShapeOf is shapeOf without the unlisted columns.
func listedShapeOf[T any](r Reader) *shape { return newShape[T](r, &listedShapes, unlisted) }

func newShape[T any](r Reader, known *sync.Map, without []string) *shape {
	structType := reflect.TypeFor[T]()
	if s, ok := known.Load(structType); ok {
		return s.(*shape)
	}
	table := r.idb.Dialect().Tables().Get(structType)
	s := &shape{table: table.Name}
	for _, field := range table.Fields {
		if slices.Contains(without, field.Name) {
			continue
		}
		s.columns = append(s.columns, field.Name)
		s.fields = append(s.fields, field)
		s.targets = append(s.targets, targetOf(field))
	}
	known.Store(structType, s)
	return s
}

// only is the part of a shape that has some of its fields.
func (s *shape) only(wanted func(*schema.Field) bool) *shape {
	part := &shape{table: s.table}
	for i, field := range s.fields {
		if wanted(field) {
			part.columns = append(part.columns, s.columns[i])
			part.fields = append(part.fields, field)
			part.targets = append(part.targets, s.targets[i])
		}
	}
	return part
}

// list names the columns of a table for SELECT.
func (s *shape) list(alias string) string {
	return alias + "." + strings.Join(s.columns, ", "+alias+".")
}

// into adds what the columns are scanned into: the fields of a row, which is a pointer to a struct.
func (s *shape) into(targets []any, row any) []any {
	value := reflect.ValueOf(row).Elem()
	for i, field := range s.fields {
		targets = append(targets, s.targets[i](value.FieldByIndex(field.Index)))
	}
	return targets
}

// selectFrom begins a statement that reads rows of a table.
func selectFrom[T any](r Reader, alias string) string {
	s := shapeOf[T](r)
	return "SELECT " + s.list(alias) + " FROM " + s.table + " AS " + alias
}

// targetOf returns what makes the pointer that a column is scanned into. database/sql scans into texts and numbers by
// their plain types without looking further; by the named ones that rows are made of it reflects at every value.
func targetOf(field *schema.Field) func(reflect.Value) any {
	kind, plain := field.StructField.Type.Kind(), reflect.Type(nil)
	switch {
	case reflect.PointerTo(field.StructField.Type).Implements(reflect.TypeFor[sql.Scanner]()):
	case field.NullZero && kind == reflect.String:
		return func(v reflect.Value) any { return nullableText{v} }
	case kind == reflect.String:
		plain = reflect.TypeFor[*string]()
	case kind == reflect.Int64:
		plain = reflect.TypeFor[*int64]()
	}
	return func(v reflect.Value) any {
		pointer := v.Addr()
		if plain != nil {
			pointer = pointer.Convert(plain)
		}
		return pointer.Interface()
	}
}

// nullableText is a text that is empty where the database has NULL.
type nullableText struct{ field reflect.Value }

// Scan implements sql.Scanner.
func (n nullableText) Scan(src any) error {
	text, err := scanText(src)
	n.field.SetString(text)
	return err
}

// readRows runs a statement whose first columns go into first, and whose others are those of a table's shape, and hands
// on each row. No rows are no error.
func readRows[T any](ctx context.Context, r Reader, s *statement, text string, first []any, each func(*T)) error {
	return readShape(ctx, r, s, shapeOf[T](r), text, first, each)
}

func readShape[T any](ctx context.Context, r Reader, s *statement, shape *shape, text string, first []any, each func(*T)) error {
	rows, err := r.query(r.bounded(ctx), text, s.args)
	if err != nil {
		return translate(err)
	}
	defer rows.Close()
	targets := slices.Grow(slices.Clone(first), len(shape.fields))
	for rows.Next() {
		row := new(T)
		targets = shape.into(targets[:len(first)], row)
		if err := rows.Scan(targets...); err != nil {
			return translate(err)
		}
		r.count.rows.Add(1)
		each(row)
	}
	return translate(rows.Err())
}

// readValue reads the one value of one row.
func (r Reader) readValue(ctx context.Context, s *statement, text string, into any) error {
	rows, err := r.query(r.bounded(ctx), text, s.args)
	if err != nil {
		return translate(err)
	}
	defer rows.Close()
	if rows.Next() {
		r.count.rows.Add(1)
		err = rows.Scan(into)
	}
	return translate(errors.Join(err, rows.Err()))
}

// bounded is a context for a statement that reads no more than what it names by ID. SQLite answers it before anybody could
// call it off; watching for that costs a goroutine a statement, and something at each row.
func (r Reader) bounded(ctx context.Context) context.Context {
	if r.postgres() {
		return ctx
	}
	return context.WithoutCancel(ctx)
}

// readRow is readRows of one row; [ErrNotFound] when there is none.
func readRow[T any](ctx context.Context, r Reader, s *statement, text string) (found *T, err error) {
	err = readRows(ctx, r, s, text, nil, func(row *T) { found = row })
	if err == nil && found == nil {
		err = ErrNotFound
	}
	return found, err
}
