package spreadsheet

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// records reads records one after another. encoding/csv is stricter (spaces beside quotation marks, quotation marks within values) and
// cannot go on behind a quotation mark that is never closed.
type records struct {
	text      string // line ends are line feeds
	separator rune
	at        int // in text
	read      int // records so far
}

func (r *records) more() bool { return r.at < len(r.text) }

// next reads the record at r.at, and the line end behind it.
func (r *records) next() Row {
	r.read++
	row, begin := Row{Number: r.read}, r.at
	for {
		cell, closed := r.cell()
		if !closed {
			r.at = begin
			return r.brokenLine()
		}
		row.Cells = append(row.Cells, strings.TrimSpace(cell))
		next, size := utf8.DecodeRuneInString(r.text[r.at:])
		r.at += size
		if next != r.separator || size == 0 {
			row.Width, row.Unended = len(row.Cells), size == 0
			break
		}
	}
	for len(row.Cells) > 0 && row.Cells[len(row.Cells)-1] == "" {
		row.Cells = row.Cells[:len(row.Cells)-1]
	}
	return row
}

// cell reads up to a separator, a line end or the end of the text. closed is false when a quotation mark at its beginning is never closed.
func (r *records) cell() (cell string, closed bool) {
	rest := r.text[r.at:]
	quoted := strings.TrimLeftFunc(rest, r.blank)
	if !strings.HasPrefix(quoted, `"`) {
		end := strings.IndexFunc(rest, r.ends)
		if end < 0 {
			end = len(rest)
		}
		r.at += end
		return rest[:end], true
	}
	var b strings.Builder
	quoted = quoted[1:]
	for b.Len() <= cellMax {
		mark := strings.IndexByte(quoted[:min(len(quoted), cellMax)], '"')
		if mark < 0 {
			return "", false
		}
		b.WriteString(quoted[:mark])
		quoted = quoted[mark+1:]
		if strings.HasPrefix(quoted, `"`) {
			b.WriteByte('"')
			quoted = quoted[1:]
			continue
		}
		behind := strings.TrimLeftFunc(quoted, r.blank)
		if next, size := utf8.DecodeRuneInString(behind); size == 0 || r.ends(next) {
			r.at = len(r.text) - len(behind)
			return b.String(), true
		}
		b.WriteByte('"') // one that was not doubled
	}
	return "", false
}

// cellMax is in bytes. A quoted cell that is longer has a quotation mark that is not closed.
const cellMax = 64 << 10

// brokenLine is the rest of the present line, of which nothing is known but that a quotation mark in it is never closed.
func (r *records) brokenLine() Row {
	line, _, _ := strings.Cut(r.text[r.at:], "\n")
	r.at = min(r.at+len(line)+1, len(r.text))
	return Row{Number: r.read, Cells: []string{strings.TrimSpace(line)}, OpenQuote: true}
}

func (r *records) ends(c rune) bool { return c == r.separator || c == '\n' }

// blank says whether a character may be beside the quotation marks of a cell.
func (r *records) blank(c rune) bool { return unicode.IsSpace(c) && !r.ends(c) }
