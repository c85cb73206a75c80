package account

import (
	"bufio"
	"context"
	"encoding/csv"
	"errors"
	"io"
	"maps"
	"slices"
	"strings"

	"github.com/gatehouse/gatehouse/db"
	"github.com/gatehouse/gatehouse/internal/audit"
	"github.com/gatehouse/gatehouse/internal/link"
	"github.com/gatehouse/gatehouse/internal/mail"
	"github.com/gatehouse/gatehouse/internal/problem"
	"github.com/gatehouse/gatehouse/internal/typeid"
)

// ImportColumns are the columns of an import, in whatever order the first line names them. Roles and whitelists are named
// by their names and access points by their codes, several with a semicolon between; kind, language and mfa_forced are
// those of the GraphQL schema in either case, an empty language is EN and an empty mfa_forced is true.
var ImportColumns = []string{"kind", "login_name", "name", "email", "language", "roles", "access_points", "whitelists", "mfa_forced"}

// maxImport is how many users one import creates at most: all of them in one transaction, which nobody else writes beside.
const maxImport = 10_000

// importTries is how often an import begins anew because the account was changed meanwhile.
const importTries = 5

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
//
// Everything that takes long is done before the transaction, in which nobody else could write: judging the lines, links and
// mails. In it only rows are added, if what the lines were judged by is still so; otherwise they are judged anew.
func (s *Service) ImportUsers(ctx context.Context, handle string, file io.Reader, dryRun bool) (*ImportReport, error) {
	rows, faults, err := readRows(file)
	if err != nil {
		return nil, err
	}
	for try := 1; ; try++ {
		job := &userImport{service: s, report: &ImportReport{Faults: slices.Clone(faults)}}
		if err := job.prepare(ctx, handle, rows); err != nil {
			return nil, err
		}
		if len(job.report.Faults) > 0 {
			return job.report, nil
		}
		job.report.Created = len(job.users)
		if dryRun || len(job.users) == 0 {
			return job.report, nil
		}
		err := job.write(ctx)
		if err == nil {
			return job.report, nil
		}
		if _, taken := errors.AsType[*db.ConflictError](err); !taken && !errors.Is(err, errJudgedBefore) || try == importTries {
			return nil, err
		}
	}
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
	basis      importBasis
	roles      map[string]typeid.ID // by text.Key of the name
	whitelists map[string]typeid.ID
	now        db.Time
	users      []db.NewUser
	events     []audit.Event
	report     *ImportReport
}

// importBasis is what lines are judged by besides the users of the account.
type importBasis struct {
	policy    db.AccountPolicy
	name      string
	revisions map[typeid.ID]int // of roles, whitelists and access points
}

// errJudgedBefore says that what lines were judged by has changed.
var errJudgedBefore = errors.New("account: the account was changed while its import was prepared; try again")

// prepare judges every line beside those before it in the file, notes what is wrong, and makes what there is to write of
// the others.
func (j *userImport) prepare(ctx context.Context, handle string, rows []importRow) (err error) {
	r := j.service.store.Reader
	if j.account, err = r.AccountByHandle(ctx, handle); err != nil {
		return err
	}
	if err := j.loadNames(ctx, r); err != nil {
		return err
	}
	j.now = db.At(j.service.now())
	beside := &besideUsers{map[string]bool{}, map[string]bool{}}
	for _, row := range rows {
		a := &attempt{
			service: j.service, account: j.account, accountID: j.account.ID, action: audit.UserCreate, now: j.now, beside: beside,
		}
		var problems problem.List
		state, err := a.readNewUser(ctx, r, j.input(&problems, row))
		j.note(row.line, problems, problem.From(err))
		if err != nil && problem.From(err) == nil {
			return err
		}
		if err != nil || len(problems) > 0 {
			continue
		}
		beside.add(state.user)
		if err := j.add(a, state); err != nil {
			return err
		}
	}
	return nil
}

// add makes what is written of one user.
func (j *userImport) add(a *attempt, state userState) (err error) {
	added := db.NewUser{
		User: state.user, RoleIDs: each(state.roles, roleID), AccessPointIDs: each(state.points, accessPointID),
		WhitelistIDs: each(state.whitelists, whitelistID),
	}
	message := a.welcomeOf(state.user)
	if state.user.Status == db.Invited {
		var issued link.Issued
		issued, added.Link = link.Invitation(state.user, a.now.Time())
		message.Token, message.ExpiresAt = issued.Token, issued.ExpiresAt
	}
	if composer := j.service.mail; composer != nil {
		if added.Mail, err = composer.Compose(mail.To(j.account, state.user), message); err != nil {
			return err
		}
	}
	a.noteUser(userState{}, state)
	j.users = append(j.users, added)
	j.events = append(j.events, audit.Event{
		AccountID: a.accountID, Actor: a.actor(), Action: a.action, Target: userTarget(a.account, state.user), Changes: a.fields,
	})
	return nil
}

// write is the one transaction.
func (j *userImport) write(ctx context.Context) error {
	return j.service.store.ChangeAccount(ctx, j.account.ID, func(tx *db.Tx) error {
		now := &userImport{service: j.service} // what there is now
		var err error
		if now.account, err = tx.AccountByID(ctx, j.account.ID); err != nil {
			return err
		}
		if err := now.loadNames(ctx, tx.Reader); err != nil {
			return err
		}
		if !now.basis.equal(j.basis) {
			return errJudgedBefore
		}
		if err := tx.CreateUsers(ctx, j.account.ID, j.users); err != nil {
			return err
		}
		for _, event := range j.events {
			if err := audit.Record(ctx, tx, j.now.Time(), event); err != nil {
				return err
			}
		}
		if composer := j.service.mail; composer != nil {
			composer.WakeAfter(tx)
		}
		return nil
	})
}

func (b importBasis) equal(other importBasis) bool {
	return b.policy == other.policy && b.name == other.name && maps.Equal(b.revisions, other.revisions)
}
