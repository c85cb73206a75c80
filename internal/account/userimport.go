package account

import (
	"context"
	"errors"
	"io"
	"maps"
	"slices"

	"github.com/gatehouse/gatehouse/db"
	"github.com/gatehouse/gatehouse/internal/audit"
	"github.com/gatehouse/gatehouse/internal/link"
	"github.com/gatehouse/gatehouse/internal/mail"
	"github.com/gatehouse/gatehouse/internal/problem"
	"github.com/gatehouse/gatehouse/internal/typeid"
)

// maxImport is how many users one import creates at most: all of them in one transaction, which nobody else writes beside.
const maxImport = 10_000

// importTries is how often an import begins anew because the account was changed meanwhile.
const importTries = 5

// ImportReport says what an import did, or, on a dry run, would do.
type ImportReport struct {
	// Created is 0 when there are faults.
	Created int
	Faults  []ImportFault
	// Encoding is the one in which the file was read; empty when it could not be read.
	Encoding string
}

// ImportFault is what is wrong with one field of a file. Column is empty when it is wrong with the row as a whole, Line is the number of
// the row as spreadsheet programs show it.
type ImportFault struct {
	Line    int
	Column  string
	Problem *problem.Error
}

// ImportUsers creates the users of a CSV file (see package spreadsheet), all of them or none, as the system. Each is welcomed as if an
// administrator had created it; a personal user gets an invitation. [db.ErrNotFound] says that there is no such account.
//
// Everything that takes long is done before the transaction, in which nobody else could write: judging the lines, links and
// mails. In it only rows are added, if what the lines were judged by is still so; otherwise they are judged anew.
func (s *Service) ImportUsers(ctx context.Context, handle string, file io.Reader, dryRun bool) (*ImportReport, error) {
	rows, read, err := readImport(file)
	if err != nil {
		return nil, err
	}
	for try := 1; ; try++ {
		job := &userImport{service: s, report: &ImportReport{Encoding: read.Encoding, Faults: slices.Clone(read.Faults)}}
		if err := job.prepare(ctx, handle, rows); err != nil {
			return nil, err
		}
		if len(job.report.Faults) > 0 {
			slices.SortStableFunc(job.report.Faults, func(a, b ImportFault) int { return a.Line - b.Line })
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

// userImport is one import under way.
type userImport struct {
	service    *Service
	account    *db.Account
	basis      importBasis
	roles      map[string]typeid.ID // by text.Key of the name
	whitelists map[string]typeid.ID
	points     map[string]bool // codes of access points
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
