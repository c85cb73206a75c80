package account

import (
	"bufio"
	"context"
	"encoding/csv"
	"errors"
	"io"
	"slices"
	"strings"

	"github.com/gatehouse/gatehouse/db"
	"github.com/gatehouse/gatehouse/internal/audit"
	"github.com/gatehouse/gatehouse/internal/problem"
	"github.com/gatehouse/gatehouse/internal/typeid"
)

// ImportColumns are the columns of an import, in whatever order the first line names them. Roles and whitelists are named
// by their names and access points by their codes, several with a semicolon between; kind, language and mfa_forced are
// those of the GraphQL schema in either case, an empty language is EN and an empty mfa_forced is true.
var ImportColumns = []string{"kind", "login_name", "name", "email", "language", "roles", "access_points", "whitelists", "mfa_forced"}

// maxImport is how many users one import creates at most: all of them in one transaction, which nobody else writes beside.
const maxImport = 10_000

// ImportReport says what an import did, or, on a dry run, would do.
type ImportReport struct {
	// Created is 0 when there are faults.
	Created int
	Faults  []ImportFault
}

// ImportFault is what is wrong with one field of a file. Column is empty when it is wrong with the line as a whole.
type ImportFault struct {
	Line    int
	Column  string
	Problem *problem.Error
}

// ImportUsers creates the users of a CSV file (RFC 4180), all of them or none, as the system. Each is welcomed as if an
// administrator had created it; a personal user gets an invitation. [db.ErrNotFound] says that there is no such account.
func (s *Service) ImportUsers(ctx context.Context, handle string, file io.Reader, dryRun bool) (*ImportReport, error) {
	account, err := s.store.AccountByHandle(ctx, handle)
	if err != nil {
		return nil, err
	}
	rows, faults, err := readRows(file)
	if err != nil {
		return nil, err
	}
	var job *userImport
	err = s.store.ChangeAccount(ctx, account.ID, func(tx *db.Tx) error {
		job = &userImport{service: s, account: account, report: &ImportReport{Faults: slices.Clone(faults)}}
		if err := job.createAll(ctx, tx, rows); err != nil {
			return err
		}
		if dryRun || job.report.Created == 0 || len(job.report.Faults) > 0 {
			return errUnchanged
		}
		return nil
	})
	if err != nil && !errors.Is(err, errUnchanged) {
		return nil, err
	}
	if len(job.report.Faults) > 0 {
		job.report.Created = 0
	}
	return job.report, nil
}

// importRow is one line of the file, by column.
type importRow struct {
	line   int
	fields map[string]string
}

func (r importRow) list(column string) []string {
	var items []string
	for item := range strings.SplitSeq(r.fields[column], ";") {
		if item = strings.TrimSpace(item); item != "" {
			items = append(items, item)
		}
	}
	return items
}

// readRows reads a file as far as it is CSV. The error is that of reading alone; what the file has wrong are faults.
func readRows(file io.Reader) ([]importRow, []ImportFault, error) {
	var rows []importRow
	var faults []ImportFault
	fault := func(line int, column string, wrong *problem.Error) {
		faults = append(faults, ImportFault{line, column, wrong})
	}
	buffered := bufio.NewReader(file)
	if mark, err := buffered.Peek(3); err == nil && string(mark) == "\ufeff" { // as spreadsheets write it
		_, _ = buffered.Discard(len(mark))
	}
	reader := csv.NewReader(buffered)
	reader.FieldsPerRecord = -1 // counted here, so that every line is told
	reader.TrimLeadingSpace = true
	var head []string
	for {
		record, err := reader.Read()
		if syntax, ok := errors.AsType[*csv.ParseError](err); ok {
			fault(syntax.Line, "", problem.New(problem.Invalid, "import.not_csv", ""))
			return rows, faults, nil // from here on nobody knows where a line begins
		}
		if errors.Is(err, io.EOF) && head == nil {
			fault(1, "", problem.New(problem.Required, "import.head_required", "", "columns", strings.Join(ImportColumns, ",")))
		}
		if errors.Is(err, io.EOF) {
			return rows, faults, nil
		}
		if err != nil {
			return nil, nil, err
		}
		line, _ := reader.FieldPos(0)
		switch {
		case head == nil:
			head = record
			for i := range head {
				head[i] = strings.ToLower(strings.TrimSpace(head[i]))
			}
			if !slices.Equal(slices.Sorted(slices.Values(head)), slices.Sorted(slices.Values(ImportColumns))) {
				fault(line, "", problem.New(problem.Invalid, "import.head", "", "columns", strings.Join(ImportColumns, ",")))
				return nil, faults, nil
			}
		case len(record) != len(head):
			fault(line, "", problem.New(problem.Invalid, "import.field_count", "", "count", len(record), "limit", len(head)))
		case len(rows) == maxImport:
			fault(line, "", problem.New(problem.TooLong, "import.too_many", "", "limit", maxImport))
			return rows, faults, nil
		default:
			row := importRow{line, make(map[string]string, len(head))}
			for i, column := range head {
				row.fields[column] = record[i]
			}
			rows = append(rows, row)
		}
	}
}

// userImport is one import under way.
type userImport struct {
	service    *Service
	account    *db.Account
	roles      map[string]typeid.ID // by text.Key of the name
	whitelists map[string]typeid.ID
	report     *ImportReport
}

// createAll creates every user that can be created, so that those after it in the file are judged beside it, and notes
// what is wrong with the others.
func (j *userImport) createAll(ctx context.Context, tx *db.Tx, rows []importRow) error {
	if err := j.loadNames(ctx, tx); err != nil {
		return err
	}
	for _, row := range rows {
		a := &attempt{
			service: j.service, account: j.account, accountID: j.account.ID, action: audit.UserCreate, now: db.At(j.service.now()),
		}
		var problems problem.List
		state, err := a.readNewUser(ctx, tx.Reader, j.input(&problems, row))
		j.note(row.line, problems, problem.From(err))
		if err != nil && problem.From(err) == nil {
			return err
		}
		if err != nil || len(problems) > 0 {
			continue
		}
		if _, err := a.writeNewUser(ctx, tx, state, nil); err != nil {
			return err
		}
		if err := a.record(ctx, tx, a.action, a.target, a.fields); err != nil {
			return err
		}
		j.report.Created++
	}
	return nil
}
