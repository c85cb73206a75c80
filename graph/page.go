package graph

import (
	"strings"
	"unicode/utf8"

	"github.com/gatehouse/gatehouse/db"
	"github.com/gatehouse/gatehouse/graph/scalar"
)

// Bounds of product rule 14.
const (
	pageDefault = 25
	pageMost    = 100
)

// pageOf reads the arguments of a connection.
func pageOf(first *int, after *string, last *int, before *string) (page db.Page, err error) {
	if first != nil && last != nil {
		return db.Page{}, scalar.InputError("first and last cannot both be given")
	}
	page.Limit = pageDefault
	size, name := first, "first"
	if last != nil {
		size, name, page.Backward = last, "last", true
	}
	if size != nil {
		if *size < 1 || *size > pageMost {
			return db.Page{}, scalar.InputError(name + " is between 1 and 100")
		}
		page.Limit = *size
	}
	if page.After, err = cursorOf(after); err != nil {
		return db.Page{}, err
	}
	page.Before, err = cursorOf(before)
	return page, err
}

// cursorOf refuses what this server cannot have written, before it reaches the database.
func cursorOf(text *string) (*db.Cursor, error) {
	if text == nil {
		return nil, nil
	}
	cursor, err := db.ParseCursor(*text)
	if err == nil && (!utf8.ValidString(cursor.Key) || strings.ContainsRune(cursor.Key, 0)) {
		err = db.ErrCursor
	}
	return &cursor, err
}
