package account

import (
	"cmp"
	"context"
	"errors"

	"github.com/gatehouse/gatehouse/db"
	"github.com/gatehouse/gatehouse/internal/access"
	"github.com/gatehouse/gatehouse/internal/audit"
	"github.com/gatehouse/gatehouse/internal/operation"
	"github.com/gatehouse/gatehouse/internal/problem"
	"github.com/gatehouse/gatehouse/internal/typeid"
)

// attempt is one operation under way. What it is about is filled in as it becomes known, so that a refusal can name it.
type attempt struct {
	service   *Service
	viewer    *access.Viewer // nil: the system, or the owner of a link
	owner     *db.Actor      // who acts by a link, without a session
	account   *db.Account
	accountID typeid.ID
	action    audit.Action
	now       db.Time
	target    audit.Target
	fields    []db.AuditChange
	// concerns is the user whom a change of something else concerns, such as a key's.
	concerns typeid.ID
	// opensNothing is set where the change gives nobody access: see [operation.Change].
	opensNothing bool
	judged       judgement
	// beside are users that the same transaction will create and that the database does not have yet; nil: none.
	beside *besideUsers
	// lockout makes the problem of a change that would shut the viewer out for a reason; nil: one of no field.
	lockout func(access.Reason) *problem.Error
}

// errUnchanged ends a transaction that found nothing to change: it is rolled back, and the operation succeeds.
var errUnchanged = errors.New("account: nothing to change")

// change is what most operations of a viewer are: a permission (any of those given) and one transaction, which commits
// together with the event of the attempt. fn fills in the attempt's target and fields.
func (s *Service) change(ctx context.Context, viewer *access.Viewer, action audit.Action, permissions []string, fn func(tx *db.Tx, a *attempt) error) error {
	return s.try(ctx, viewer, action, func(a *attempt) error {
		if err := viewer.Require(permissions...); err != nil {
			return err
		}
		return a.change(ctx, fn)
	})
}

// try runs an operation and records its refusal. It is for what has work to do before its transaction, such as hashing
// a password, or needs no permission; the rest uses [Service.change].
func (s *Service) try(ctx context.Context, viewer *access.Viewer, action audit.Action, fn func(a *attempt) error) error {
	a := &attempt{service: s, viewer: viewer, account: viewer.Account, accountID: viewer.Account.ID, action: action, now: db.At(s.now())}
	err := viewer.RequireEnrolled()
	if err == nil {
		err = operation.RequirePerson(viewer, action)
	}
	if err == nil {
		err = fn(a)
	}
	reason := refusal(err)
	if reason == "" {
		return err
	}
	if unrecorded := s.store.Change(ctx, func(tx *db.Tx) error { return a.recordDenied(ctx, tx, reason) }); unrecorded != nil {
		return errors.Join(err, unrecorded)
	}
	return err
}

// change runs the one transaction of an attempt. Changes of one account wait for each other, so that what fn has read
// still holds when it writes.
func (a *attempt) change(ctx context.Context, fn func(tx *db.Tx, a *attempt) error) error {
	begun := *a
	err := a.service.store.ChangeAccount(ctx, a.accountID, func(tx *db.Tx) error {
		*a = begun // what an earlier run has filled in did not happen
		a.now = db.At(a.service.now())
		if err := fn(tx, a); err != nil {
			return err
		}
		if err := a.stillComesIn(ctx, tx); err != nil {
			return err
		}
		if err := a.requireProof(ctx, tx.Reader); err != nil {
			return err
		}
		return a.record(ctx, tx, a.action, a.target, a.fields)
	})
	if errors.Is(err, errUnchanged) {
		return nil
	}
	return err
}

// requireProof holds what the attempt has written, and is about to commit, to the rules about fresh proofs.
func (a *attempt) requireProof(ctx context.Context, r db.Reader) error {
	if a.viewer == nil {
		return nil
	}
	return operation.RequireProof(ctx, r, operation.Change{
		Viewer: a.viewer, Action: a.action, UserID: cmp.Or(a.concerns, a.target.ID), Fields: a.fields, OpensNothing: a.opensNothing,
	}, a.service.now())
}

// record writes an event that succeeded. Operations call it only for what they change besides their own target, such as
// the whitelist that is created together with a user.
func (a *attempt) record(ctx context.Context, tx *db.Tx, action audit.Action, target audit.Target, fields []db.AuditChange) error {
	return audit.Record(ctx, tx, a.service.now(), audit.Event{
		AccountID: a.accountID, Actor: a.actor(), Action: action, Target: target, Changes: fields,
	})
}

func (a *attempt) recordDenied(ctx context.Context, tx *db.Tx, reason string) error {
	return audit.Record(ctx, tx, a.service.now(), audit.Event{
		AccountID: a.accountID, Actor: a.actor(), Action: a.action, Outcome: db.Denied, Target: a.target, Reason: reason,
	})
}

func (a *attempt) actor() db.Actor {
	switch {
	case a.viewer != nil:
		return a.viewer.Actor()
	case a.owner != nil:
		return *a.owner
	}
	return audit.System
}

// refusal is the reason that the audit trail gives for an attempt that was refused, or empty: what a person merely typed
// wrong is no refusal.
func refusal(err error) string {
	if forbidden, ok := errors.AsType[*access.ForbiddenError](err); ok {
		return "FORBIDDEN " + forbidden.Permission
	}
	switch {
	case errors.Is(err, access.ErrStepUpRequired):
		return "STEP_UP_REQUIRED"
	case errors.Is(err, access.ErrMFARequired):
		return "MFA_REQUIRED"
	case errors.Is(err, access.ErrPersonRequired):
		return "FORBIDDEN"
	}
	for _, p := range problem.From(err) {
		switch p.Code {
		case problem.NotAllowed, problem.LastAdmin, problem.Lockout, problem.InUse, problem.BuiltIn:
			return string(p.Code)
		}
	}
	return ""
}
