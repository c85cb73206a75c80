// Package spreadsheet reads tables of text as spreadsheet programs of every language save them: CSV (RFC 4180) with commas, semicolons, tabs
// or bars, in UTF-8, UTF-16 or Windows-1252.
package spreadsheet

import (
	"errors"
	"io"
	"slices"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"
)

// MaxBytes is how long a file is at most.
const MaxBytes = 32 << 20

// The encodings that are recognized.
const (
	UTF8        = "UTF-8"
	UTF16       = "UTF-16"
	Windows1252 = "Windows-1252"
)

var (
	// ErrTooLong says that a file has more than [MaxBytes].
	ErrTooLong = errors.New("spreadsheet: the file is too long")
	// ErrEncoding says that a file is in none of the encodings.
	ErrEncoding = errors.New("spreadsheet: the file is not text")
)

// Table is what a file holds.
type Table struct {
	Encoding  string
	Separator rune
	// Rows are those with something in them; the first is the head.
	Rows []Row
	// More says that the file has further rows, which were not read.
	More bool
}

// Row is a row of a table.
type Row struct {
	// Number is that which a spreadsheet program shows, from 1: empty rows count, a cell of several lines is in one row.
	Number int
	// Cells are without white space around them, and without the empty ones at the end of the row.
	Cells []string
	// OpenQuote says that the quotation mark at the beginning of a cell is never closed: the row is cut off at the end of its line.
	OpenQuote bool
	// Width is how many cells were written, empty ones included.
	Width int
	// Unended says that the file ends in the row, without a line end, as one that was cut off does.
	Unended bool
}

// Read reads a table. The separator is that of a first line such as "sep=;", or else the one with which the head names most of the known
// columns. At most so many rows are read.
func Read(file io.Reader, known []string, most int) (*Table, error) {
	raw, err := io.ReadAll(io.LimitReader(file, MaxBytes+1))
	if err != nil {
		return nil, err
	}
	if len(raw) > MaxBytes {
		return nil, ErrTooLong
	}
	table := &Table{}
	var text string
	if text, table.Encoding, err = decode(raw); err != nil {
		return nil, err
	}
	text = strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(text)
	head, rest, _ := strings.Cut(text, "\n")
	if declared, ok := declaredSeparator(head); ok {
		table.Separator, text = declared, rest // spreadsheet programs do not show the line
	} else {
		table.Separator = likelySeparator(text, known)
	}
	records := &records{text: text, separator: table.Separator}
	for records.more() {
		row := records.next()
		switch {
		case len(row.Cells) == 0:
		case len(table.Rows) == most:
			table.More = true
			return table, nil
		default:
			table.Rows = append(table.Rows, row)
		}
	}
	return table, nil
}

// Column is the name of a column as heads are compared: "Login name" is "login_name".
func Column(head string) string {
	return strings.NewReplacer(" ", "_", "-", "_").Replace(strings.ToLower(strings.TrimSpace(head)))
}

// decode recognizes an encoding by its byte order mark or by its zeros. What is not valid UTF-8 is taken for Windows-1252, as Western
// European spreadsheet programs save CSV: the encodings of one byte a character cannot be told apart with certainty.
func decode(raw []byte) (text, encoding string, err error) {
	if strings.HasPrefix(string(raw[:min(4, len(raw))]), "PK\x03\x04") { // a workbook (.xlsx, .ods), which is a ZIP file
		return "", "", ErrEncoding
	}
	order, wide := unicode.LittleEndian, false
	switch mark := string(raw[:min(2, len(raw))]); {
	case mark == "\xff\xfe" || len(mark) == 2 && mark[0] != 0 && mark[1] == 0:
		wide = true
	case mark == "\xfe\xff" || len(mark) == 2 && mark[0] == 0 && mark[1] != 0:
		order, wide = unicode.BigEndian, true
	}
	if wide {
		decoded, err := unicode.UTF16(order, unicode.UseBOM).NewDecoder().Bytes(raw)
		if err != nil || len(raw)%2 == 1 || strings.ContainsRune(string(decoded), utf8.RuneError) {
			return "", "", ErrEncoding
		}
		return string(decoded), UTF16, nil
	}
	if utf8.Valid(raw) {
		return strings.TrimLeft(string(raw), "\ufeff"), UTF8, nil
	}
	decoded, err := charmap.Windows1252.NewDecoder().Bytes(raw)
	if err != nil || strings.ContainsFunc(string(decoded), control) {
		return "", "", ErrEncoding
	}
	return string(decoded), Windows1252, nil
}

// control says whether a character is in no text that a spreadsheet program saves.
func control(r rune) bool { return r < ' ' && !strings.ContainsRune("\t\n\v\f\r", r) }

var separators = []rune{',', ';', '\t', '|'}

// declaredSeparator reads the first line that names the separator for Excel, quoted or not, followed by separators or not.
func declaredSeparator(line string) (rune, bool) {
	line = strings.TrimLeft(line, `"`)
	if len(line) < len("sep=")+1 || !strings.EqualFold(line[:len("sep=")], "sep=") {
		return 0, false
	}
	separator, _ := utf8.DecodeRuneInString(line[len("sep="):])
	return separator, slices.Contains(separators, separator) || strings.ContainsRune(":^~!&/", separator)
}

func likelySeparator(text string, known []string) rune {
	best, most := separators[0], 0
	for _, separator := range separators {
		records := &records{text: text, separator: separator}
		var head []string
		for records.more() && len(head) == 0 {
			head = records.next().Cells
		}
		named := 0
		for _, cell := range head {
			if slices.Contains(known, Column(cell)) {
				named++
			}
		}
		if named > most {
			best, most = separator, named
		}
	}
	return best
}
