package graph

import (
	"context"
	"crypto/sha256"
	"fmt"
	"io"
	"maps"
	"reflect"
	"slices"

	"github.com/99designs/gqlgen/graphql"

	"github.com/gatehouse/gatehouse/db"
	"github.com/gatehouse/gatehouse/graph/scalar"
	"github.com/gatehouse/gatehouse/internal/typeid"
)

// Bounds of product rule 14.
const (
	pageDefault = 25
	pageMost    = 100
)

// listPage is a page of a connection, with the list that its cursors belong to.
type listPage struct {
	db.Page
	list db.ListID
}

// pageOf reads the arguments of the connection that is being resolved. owner is what the list belongs to: the account, or the
// object whose field it is.
func pageOf(ctx context.Context, owner typeid.ID, first *int, after *string, last *int, before *string) (page listPage, err error) {
	if page.Limit, page.Backward, err = sizeOf(first, last); err != nil {
		return page, err
	}
	field := graphql.GetFieldContext(ctx)
	page.list = db.ListID{Kind: listKindOf(field.Object, field.Field.Name, field.Args), Owner: listOwnerOf(owner)}
	if page.After, err = cursorOf("after", after, page.list); err != nil {
		return page, err
	}
	page.Before, err = cursorOf("before", before, page.list)
	return page, err
}

// sizeOf reads how many rows a page has, and whether it is taken from the end of the list.
func sizeOf(first, last *int) (limit int, backward bool, err error) {
	if first != nil && last != nil {
		return 0, false, scalar.InputError("first and last cannot both be given")
	}
	size, name := first, "first"
	if last != nil {
		size, name = last, "last"
	}
	switch {
	case size == nil:
		return pageDefault, false, nil
	case *size < 1 || *size > pageMost:
		return 0, false, scalar.InputError(name + " is between 1 and 100")
	}
	return *size, last != nil, nil
}

// cursorError says which argument is not a cursor of its list.
type cursorError struct{ argument string }

func (e *cursorError) Error() string { return e.argument + ": " + db.ErrCursor.Error() }

func (e *cursorError) Unwrap() error { return db.ErrCursor }

func cursorOf(argument string, text *string, list db.ListID) (*db.Cursor, error) {
	if text == nil {
		return nil, nil
	}
	cursor, err := db.ParseCursor(*text, list)
	if err != nil {
		return nil, &cursorError{argument}
	}
	return &cursor, nil
}

// listKindOf identifies the list that a field of an object is with all arguments but those that choose the page.
func listKindOf(object, field string, arguments map[string]any) (kind db.ListKind) {
	digest := sha256.New()
	fmt.Fprintf(digest, "%s.%s", object, field)
	for _, name := range slices.Sorted(maps.Keys(arguments)) {
		switch name {
		case "first", "after", "last", "before":
		default:
			writeArgument(digest, name, reflect.ValueOf(arguments[name]))
		}
	}
	copy(kind[:], digest.Sum(nil))
	return kind
}

func listOwnerOf(id typeid.ID) (owner db.ListOwner) {
	digest := sha256.Sum256([]byte(id))
	copy(owner[:], digest[:])
	return owner
}

// writeArgument writes what an argument of a list asks for. Null, what is left out and the empty list ask for nothing; the order
// of a list is not important.
func writeArgument(into io.Writer, name string, value reflect.Value) {
	switch value.Kind() {
	case reflect.Invalid:
	case reflect.Pointer, reflect.Interface:
		writeArgument(into, name, value.Elem())
	case reflect.Struct:
		for field, part := range value.Fields() {
			writeArgument(into, name+"."+field.Name, part)
		}
	case reflect.Slice:
		elements := make([]string, value.Len())
		for i := range elements {
			elements[i] = fmt.Sprintf("%#v", value.Index(i))
		}
		slices.Sort(elements)
		if elements = slices.Compact(elements); len(elements) > 0 {
			fmt.Fprintf(into, "\n%s=%s", name, elements)
		}
	default:
		fmt.Fprintf(into, "\n%s=%#v", name, value)
	}
}
