package db

import (
	"context"
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/uptrace/bun"

	"github.com/gatehouse/gatehouse/internal/typeid"
)

// Cursor is a place in an ordered list: the sort key of a row and its ID, which makes the order total.
type Cursor struct {
	Key string
	ID  typeid.ID
}

// ListID identifies a list. It is part of every cursor that clients hold.
type ListID struct {
	Kind  ListKind
	Owner ListOwner
}

type (
	// ListKind identifies the field that is a list, with its filter and order: what a document says of it.
	ListKind [5]byte
	// ListOwner identifies what a list belongs to.
	ListOwner [4]byte
)

const listIDLength = len(ListKind{}) + len(ListOwner{})

// ErrCursor is returned for a text that is not a cursor of the list.
var ErrCursor = errors.New("db: not a cursor of this list")

// In is the opaque form that clients hold. Only [ParseCursor] for the same list accepts it.
func (c Cursor) In(list ListID) string {
	sum := c.sum(list.Kind)
	raw := append(sum[:], list.Owner[:]...)
	return cursorEncoding.EncodeToString(append(raw, c.Key+"\x00"+string(c.ID)...))
}

var cursorEncoding = base64.RawURLEncoding.Strict()

// sum stands for the kind in a cursor. It depends on all of the cursor, so that one which was mistyped or cut is none.
func (c Cursor) sum(kind ListKind) (sum ListKind) {
	digest := sha256.Sum256(append(kind[:], c.Key+"\x00"+string(c.ID)...))
	copy(sum[:], digest[:])
	return sum
}

// ParseCursor reads what [Cursor.In] returned for the same list. Anything else is [ErrCursor].
func ParseCursor(text string, list ListID) (Cursor, error) {
	sum, owner, cursor, err := decodeCursor(text)
	if err == nil && (sum != cursor.sum(list.Kind) || owner != list.Owner) {
		return Cursor{}, ErrCursor
	}
	return cursor, err
}

// IsCursorOf says whether a text is a cursor of a list of the kind, whatever its owner.
func IsCursorOf(text string, kind ListKind) bool {
	sum, _, cursor, err := decodeCursor(text)
	return err == nil && sum == cursor.sum(kind)
}

func decodeCursor(text string) (sum ListKind, owner ListOwner, cursor Cursor, err error) {
	raw, err := cursorEncoding.DecodeString(text)
	if err != nil || strings.ContainsAny(text, "\r\n") || len(raw) < listIDLength || !utf8.Valid(raw[listIDLength:]) {
		return sum, owner, Cursor{}, ErrCursor
	}
	copy(owner[:], raw[copy(sum[:], raw):])
	key, text, found := strings.Cut(string(raw[listIDLength:]), "\x00")
	id, err := typeid.Parse(text)
	if err != nil || !found {
		return sum, owner, Cursor{}, ErrCursor
	}
	return sum, owner, Cursor{Key: key, ID: id}, nil
}

// Page is a part of a list: the first Limit rows after After, or with Backward the last Limit rows before Before.
type Page struct {
	Limit    int
	After    *Cursor
	Before   *Cursor
	Backward bool
	// Reading is what is read of the rows; nil: all that lists are asked for.
	Reading *Reading
}

// List is a page of rows, always in the order of the list.
type List[T any] struct {
	Items []*T
	// HasNext and HasPrevious say whether the list goes on after and before the page.
	HasNext, HasPrevious bool
}

// SortDirection says which end of an order comes first.
type SortDirection string

const (
	Ascending  SortDirection = "ASC"
	Descending SortDirection = "DESC"
)

// order is a total order of a list: by a column and then by ID. Cursors hold the column's value as text; convert turns
// it back into what the column is compared with.
type order[T any] struct {
	column  string
	desc    bool
	key     func(*T) string
	convert func(string) (any, error)
}

// byText orders by a text column.
func byText[T any](column string, desc bool, key func(*T) string) order[T] {
	return order[T]{column, desc, key, func(s string) (any, error) { return s, nil }}
}

// scanPage runs a query for one page by keyset: rows after the cursor by row comparison, one row more than asked for so
// that it is known whether the list goes on. alias is the table's alias in the query, which names no columns.
func scanPage[T any](ctx context.Context, r Reader, query *bun.SelectQuery, alias string, by order[T], page Page) (List[T], error) {
	query = query.Column(shapeToRead[T](r, page.Reading, by.column).columns...)
	column, id := bun.Ident(alias+"."+by.column), bun.Ident(alias+".id")
	for _, edge := range page.edges() {
		value, err := by.convert(edge.cursor.Key)
		if err != nil {
			return List[T]{}, ErrCursor
		}
		query = query.Where("(?, ?) ? (?, ?)", column, id, bun.Safe(edge.comparison(by.desc)), value, edge.cursor.ID)
	}
	direction := bun.Safe(page.direction(by.desc))
	var items []*T
	query = query.OrderExpr("? ?, ? ?", column, direction, id, direction).Limit(int64(page.Limit) + 1)
	err := r.search(ctx, func(ctx context.Context) error { return query.Scan(ctx, &items) })
	if err = translate(err); err != nil && !errors.Is(err, ErrNotFound) {
		return List[T]{}, err
	}
	return pageOf(items, page), nil
}

// keyset writes the part of a statement behind its conditions that makes it read one page, as scanPage does.
func keyset[T any](s *statement, alias string, by order[T], page Page) (string, error) {
	column, id := alias+"."+by.column, alias+".id"
	var text string
	for _, edge := range page.edges() {
		value, err := by.convert(edge.cursor.Key)
		if err != nil {
			return "", ErrCursor
		}
		text += " AND (" + column + ", " + id + ") " + edge.comparison(by.desc) + " (" + s.arg(value) + ", " + s.arg(string(edge.cursor.ID)) + ")"
	}
	direction := page.direction(by.desc)
	return text + " ORDER BY " + column + " " + direction + ", " + id + " " + direction + " LIMIT " + s.arg(page.Limit+1), nil
}

// edge is an end of a page.
type edge struct {
	cursor *Cursor
	later  bool // the page lies after it
}

func (p Page) edges() []edge {
	var edges []edge
	if p.After != nil {
		edges = append(edges, edge{p.After, true})
	}
	if p.Before != nil {
		edges = append(edges, edge{p.Before, false})
	}
	return edges
}

func (e edge) comparison(desc bool) string {
	if e.later == desc {
		return "<"
	}
	return ">"
}

func (p Page) direction(desc bool) string {
	if desc != p.Backward {
		return "DESC"
	}
	return "ASC"
}

// pageOf makes a page of the rows that were found for it, of which one more than asked for says that the list goes on.
func pageOf[T any](items []*T, page Page) List[T] {
	more := len(items) > page.Limit
	if more {
		items = items[:page.Limit]
	}
	if page.Backward {
		slices.Reverse(items)
		return List[T]{Items: items, HasPrevious: more, HasNext: page.Before != nil}
	}
	return List[T]{Items: items, HasNext: more, HasPrevious: page.After != nil}
}

// CountLimit is how many matches of a filter are counted unless the count must be exact.
const CountLimit = 10_000

// countRows counts the rows of a query: exactly, or up to CountLimit, past which it returns nil.
func countRows(ctx context.Context, r Reader, query *bun.SelectQuery, exact bool) (*int, error) {
	query = query.ColumnExpr("1")
	if !exact {
		query = query.Limit(CountLimit + 1)
	}
	var n int
	counted := r.idb.NewSelect().TableExpr("(?) AS matched", query).ColumnExpr("count(*)")
	if err := r.search(ctx, func(ctx context.Context) error { return counted.Scan(ctx, &n) }); err != nil {
		return nil, translate(err)
	}
	if !exact && n > CountLimit {
		return nil, nil
	}
	return &n, nil
}

// likePattern makes a pattern for LIKE … ESCAPE '\' that finds text anywhere.
func likePattern(text string) string {
	return "%" + strings.NewReplacer(`\`, `\\`, `%`, `\%`, `_`, `\_`).Replace(text) + "%"
}
