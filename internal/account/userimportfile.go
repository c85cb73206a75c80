package account

import (
	"errors"
	"io"
	"slices"
	"strings"

	"github.com/agnivade/levenshtein"

	"github.com/gatehouse/gatehouse/internal/problem"
	"github.com/gatehouse/gatehouse/internal/spreadsheet"
	"github.com/gatehouse/gatehouse/internal/text"
)

// ImportColumns are the columns of an import, in whatever order the first row names them. Roles and whitelists are named
// by their names and access points by their codes, several with a semicolon or a line end between; kind, language and mfa_forced are
// those of the GraphQL schema in either case, mfa_forced also in the words of the languages of the page. An empty cell is as if the field
// had not been given: an empty language is EN and an empty mfa_forced is true.
var ImportColumns = []string{"kind", "login_name", "name", "email", "language", "roles", "access_points", "whitelists", "mfa_forced"}

// optionalColumns may be empty, and spreadsheet programs leave cells at the end of a row out when they are.
var optionalColumns = []string{"language", "whitelists", "mfa_forced"}

// importRow is one row of the file, by column.
type importRow struct {
	line   int
	fields map[string]string
}

func (r importRow) list(column string) []string {
	var items []string
	for item := range strings.FieldsFuncSeq(r.fields[column], func(c rune) bool { return c == ';' || c == '\n' }) {
		if item = strings.TrimSpace(item); item != "" {
			items = append(items, item)
		}
	}
	return items
}

// readImport reads the rows of a file, and reports those that are no rows of it. The error is that of reading alone.
func readImport(file io.Reader) ([]importRow, *ImportReport, error) {
	report := &ImportReport{}
	fault := func(line int, code problem.Code, key string, args ...any) {
		report.Faults = append(report.Faults, ImportFault{line, "", problem.New(code, key, "", args...)})
	}
	table, err := spreadsheet.Read(file, ImportColumns, maxImport+1)
	switch {
	case errors.Is(err, spreadsheet.ErrTooLong):
		fault(1, problem.TooLong, "import.too_long", "limit", spreadsheet.MaxBytes>>20)
		return nil, report, nil
	case errors.Is(err, spreadsheet.ErrEncoding):
		fault(1, problem.Invalid, "import.not_text")
		return nil, report, nil
	case err != nil:
		return nil, nil, err
	}
	report.Encoding = table.Encoding
	if len(table.Rows) == 0 {
		fault(1, problem.Required, "import.head_required", "columns", strings.Join(ImportColumns, ", "))
		return nil, report, nil
	}
	head := table.Rows[0]
	columns := make([]string, len(head.Cells))
	for i, cell := range head.Cells {
		columns[i] = spreadsheet.Column(cell)
	}
	if wrong := headProblem(head.Cells, columns); wrong != nil {
		report.Faults = append(report.Faults, ImportFault{head.Number, "", wrong})
		return nil, report, nil
	}
	var rows []importRow
	for _, row := range table.Rows[1:] {
		limit := len(columns)
		switch {
		case row.OpenQuote:
			fault(row.Number, problem.Invalid, "import.open_quote")
		case len(row.Cells) > limit, row.Width < limit && (row.Unended || slices.ContainsFunc(columns[row.Width:], mustHave)):
			fault(row.Number, problem.Invalid, "import.field_count", "count", row.Width, "limit", limit)
		default:
			fields := make(map[string]string, limit)
			for i, cell := range row.Cells {
				fields[columns[i]] = cell
			}
			rows = append(rows, importRow{row.Number, fields})
		}
	}
	if table.More {
		fault(table.Rows[maxImport].Number+1, problem.TooLong, "import.too_many", "limit", maxImport)
	}
	return rows, report, nil
}

func mustHave(column string) bool { return !slices.Contains(optionalColumns, column) }

// headProblem says which columns a head has that are wrong, as they are written, and which it lacks.
func headProblem(written, columns []string) *problem.Error {
	var found, missing, unknown, doubled []string
	for i, column := range columns {
		shown := cut(written[i], 120)
		found = append(found, shown)
		switch {
		case !slices.Contains(ImportColumns, column):
			if meant := nearest(column); meant != "" {
				shown += " (" + meant + "?)"
			}
			unknown = append(unknown, shown)
		case slices.Contains(columns[:i], column):
			doubled = append(doubled, shown)
		}
	}
	for _, column := range ImportColumns {
		if !slices.Contains(columns, column) {
			missing = append(missing, column)
		}
	}
	if len(missing) == 0 && len(unknown) == 0 && len(doubled) == 0 {
		return nil
	}
	wrong := problem.New(problem.Invalid, "import.head", "", "columns", strings.Join(ImportColumns, ", "), "found", shownList(found))
	for name, list := range map[string][]string{"missing": missing, "unknown": unknown, "doubled": doubled} {
		if len(list) > 0 {
			wrong.Args[name] = shownList(list)
		}
	}
	return wrong
}

// nearest is the column that a name was probably meant to be, or nothing.
func nearest(name string) string {
	best, least := "", 3
	for _, column := range ImportColumns {
		if distance := levenshtein.ComputeDistance(name[:min(len(name), 60)], column); distance < least {
			best, least = column, distance
		}
	}
	return best
}

// shownList is a list as an error shows it: as many items as can be read.
func shownList(items []string) string {
	const most = 20
	if len(items) > most {
		items = append(slices.Clone(items[:most]), "…")
	}
	return strings.Join(items, ", ")
}

// shownCell is the content of a cell as an error shows it: what can be seen of it, and not all of a long one.
func shownCell(cell string) string { return cut(cell, 60) }

func cut(cell string, most int) string {
	shown := []rune(text.Shown(cell))
	if len(shown) > most {
		return string(shown[:most]) + "…"
	}
	return string(shown)
}
