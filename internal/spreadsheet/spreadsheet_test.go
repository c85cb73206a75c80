package spreadsheet

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"
)

var known = []string{"login_name", "name", "email"}

func read(t *testing.T, text string) *Table {
	t.Helper()
	table, err := Read(strings.NewReader(text), known, 100)
	if err != nil {
		t.Fatalf("%q: %v", text, err)
	}
	return table
}

// told is a table in one line: "1 a|b 3 c!" has a broken third row.
func told(table *Table) string {
	var rows []string
	for _, row := range table.Rows {
		mark := ""
		if row.OpenQuote {
			mark = "!"
		}
		rows = append(rows, fmt.Sprint(row.Number, " ", strings.Join(row.Cells, "|"), mark))
	}
	return strings.Join(rows, " ")
}

func TestReadsWhatSpreadsheetsSave(t *testing.T) {
	const want = "1 Name|Email 2 Zoë, Jr.|z@a.example"
	utf16 := func(order unicode.Endianness, mark unicode.BOMPolicy) string {
		s, err := unicode.UTF16(order, mark).NewEncoder().String("Name\tEmail\r\n\"Zoë, Jr.\"\tz@a.example\r\n")
		if err != nil {
			t.Fatal(err)
		}
		return s
	}
	western, err := charmap.Windows1252.NewEncoder().String("Name;Email\r\nZoë, Jr.;z@a.example\r\n")
	if err != nil {
		t.Fatal(err)
	}
	for what, text := range map[string]string{
		"RFC 4180":                           "Name,Email\r\n\"Zoë, Jr.\",z@a.example\r\n",
		"line feeds":                         "Name,Email\n\"Zoë, Jr.\",z@a.example\n",
		"no last line end":                   "Name,Email\n\"Zoë, Jr.\",z@a.example",
		"carriage returns":                   "Name,Email\r\"Zoë, Jr.\",z@a.example\r",
		"semicolons":                         "Name;Email\r\nZoë, Jr.;z@a.example\r\n",
		"tabs":                               "Name\tEmail\nZoë, Jr.\tz@a.example\n",
		"bars":                               "Name|Email\nZoë, Jr.|z@a.example\n",
		"two byte order marks":               "\ufeff\ufeffName;Email\nZoë, Jr.;z@a.example\n",
		"a byte order mark":                  "\ufeffName;Email\nZoë, Jr.;z@a.example\n",
		"UTF-16 LE":                          utf16(unicode.LittleEndian, unicode.UseBOM),
		"UTF-16 BE":                          utf16(unicode.BigEndian, unicode.UseBOM),
		"UTF-16 LE, no mark":                 utf16(unicode.LittleEndian, unicode.IgnoreBOM),
		"UTF-16 BE, no mark":                 utf16(unicode.BigEndian, unicode.IgnoreBOM),
		"Windows-1252":                       western,
		"sep=":                               "sep=;\r\nName;Email\r\nZoë, Jr.;z@a.example\r\n",
		"sep= of an unusual one":             "SEP=^\nName^Email\nZoë, Jr.^z@a.example\n",
		"sep= in quotes, behind a mark":      "\ufeff\"sep=;\"\nName;Email\nZoë, Jr.;z@a.example\n",
		"sep= with empty columns":            "sep=,,\nName,Email,\n\"Zoë, Jr.\",z@a.example,\n",
		"spaces around values":               " Name ; Email \n Zoë, Jr. ;\tz@a.example \n",
		"spaces around quotation marks":      "Name, Email\n \"Zoë, Jr.\" , \"z@a.example\" \n",
		"no-break spaces around values":      "Name;Email\n\u00a0Zoë, Jr.\u00a0;\u2003z@a.example\n",
		"trailing empty columns and rows":    "Name,Email,,,\n\"Zoë, Jr.\",z@a.example,,,\n,,,,\n\n  ,\n",
		"everything in quotes":               "\"Name\";\"Email\"\n\"Zoë, Jr.\";\"z@a.example\"\n",
		"empty cells in quotes at the end":   "Name;Email;\"\"\n\"Zoë, Jr.\";z@a.example;\"\"\n",
		"another separator in a head's cell": "Name;Email;\nZoë, Jr.;z@a.example\n",
	} {
		if got := told(read(t, text)); got != want {
			t.Errorf("%s: %s", what, got)
		}
	}
	if got := read(t, western).Encoding; got != Windows1252 {
		t.Errorf("encoding %s", got)
	}
}

func TestReadsCellsAsWritten(t *testing.T) {
	for text, want := range map[string]string{
		"name\nJo \"Red\" Doe\n":         `1 name 2 Jo "Red" Doe`,
		"name\n\"Jo \"Red\" Doe\"\n":     `1 name 2 Jo "Red" Doe`,
		"name\n\"Jo \"\"Red\"\" Doe\"\n": `1 name 2 Jo "Red" Doe`,
		"name\n5\" disk\n":               `1 name 2 5" disk`,
		"name\n\"a\nb\"\nc\n":            "1 name 2 a\nb 3 c",
		"name\n\"a\r\nb\"\rc\n":          "1 name 2 a\nb 3 c",
		"\n\nname\n\nx\n":                "3 name 5 x",
		"name\n,\nx\n":                   "1 name 3 x",
		"name\n\"open,x\nb\nc\n":         `1 name 2 "open,x! 3 b 4 c`,
		"name\nx,\"\n":                   `1 name 2 x,"!`,
		"name\n\"\n":                     `1 name 2 "!`,
		"":                               "",
		"name\n" + strings.Repeat("x", 1<<20) + "\n": "1 name 2 " + strings.Repeat("x", 1<<20),
		"name\n\"" + strings.Repeat("x\n", 1<<16) + "\"": `1 name 2 "x! ` + func() string {
			var rows []string
			for i := 3; i <= 100; i++ {
				rows = append(rows, fmt.Sprint(i, " x"))
			}
			return strings.Join(rows, " ")
		}(),
	} {
		if got := told(read(t, text)); got != want {
			t.Errorf("%.40q: %.60q, want %.60q", text, got, want)
		}
	}
	if table := read(t, "name\nx"); !table.Rows[1].Unended || table.Rows[0].Unended {
		t.Error("the last row has no line end, and the one before has")
	}
}

func TestRefusesWhatIsNoText(t *testing.T) {
	for _, text := range []string{"\xff\xfe\x00", "\xff\xfe\x00\xd8\x00\x00", "\x89PNG\r\n\x1a\n\x00\x00", "n\x00a\x00m", "PK\x03\x04\x14\x00name", "name\x1b[2J\xe9"} {
		if table, err := Read(strings.NewReader(text), known, 100); !errors.Is(err, ErrEncoding) {
			t.Errorf("%q: %v, %v", text, table, err)
		}
	}
	if _, err := Read(bytes.NewReader(make([]byte, MaxBytes+1)), known, 100); !errors.Is(err, ErrTooLong) {
		t.Errorf("too long: %v", err)
	}
}

// Reading stops at the bound, however many rows a file has.
func TestReadsNoMoreRowsThanAllowed(t *testing.T) {
	began := time.Now()
	table, err := Read(strings.NewReader("name\n"+strings.Repeat("\"x\n", 8_000_000)), known, 1000)
	if err != nil || len(table.Rows) != 1000 || !table.More || time.Since(began) > 20*time.Second {
		t.Errorf("%v after %v", err, time.Since(began))
	}
	if table, err := Read(strings.NewReader("name\na\n,\n\n"), known, 2); err != nil || table.More {
		t.Errorf("empty rows count: %v", err)
	}
}

// What encoding/csv takes is read alike.
func FuzzReadsAsTheStandardLibrary(f *testing.F) {
	for _, text := range []string{"name,email\na,b\n", "name\n\"a,\"\"b\"\"\nc\",d\n", "\"\"\"\"", "a\r\nb", ",,\n\n,x", "\"a\" \"b\"", "\"a\n", "\xff,\xfe"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		table, err := Read(strings.NewReader(text), known, 1000)
		if err != nil {
			return
		}
		for _, row := range table.Rows {
			if len(row.Cells) == 0 || row.Number < 1 {
				t.Fatalf("row %+v", row)
			}
		}
		if strings.HasPrefix(strings.ToLower(strings.TrimLeft(text, "\ufeff\"")), "sep=") || table.Encoding != UTF8 || strings.Contains(text, "\r") || table.More {
			return
		}
		reader := csv.NewReader(strings.NewReader(strings.TrimLeft(text, "\ufeff")))
		reader.Comma, reader.FieldsPerRecord = table.Separator, -1
		records, err := reader.ReadAll()
		if err != nil {
			return
		}
		var want [][]string
		for _, record := range records {
			for i, cell := range record {
				if len(cell) > cellMax/2 || strings.HasPrefix(strings.TrimSpace(cell), `"`) {
					return // a quotation mark behind white space
				}
				record[i] = strings.TrimSpace(cell)
			}
			for len(record) > 0 && record[len(record)-1] == "" {
				record = record[:len(record)-1]
			}
			if len(record) > 0 {
				want = append(want, record)
			}
		}
		if !slices.EqualFunc(table.Rows, want, func(row Row, record []string) bool { return slices.Equal(row.Cells, record) }) {
			t.Fatalf("%q is read as %q, and %q", text, told(table), want)
		}
	})
}
