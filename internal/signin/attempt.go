package signin

import (
	"context"
	"errors"

	"github.com/gatehouse/gatehouse/db"
	"github.com/gatehouse/gatehouse/internal/access"
	"github.com/gatehouse/gatehouse/internal/audit"
	"github.com/gatehouse/gatehouse/internal/operation"
	"github.com/gatehouse/gatehouse/internal/problem"
)

// change runs what a viewer does to their own way in: one transaction together with its event, whose target is the viewer
// unless fn says otherwise. A refusal is recorded by itself.
func (s *Service) change(ctx context.Context, viewer *access.Viewer, action audit.Action, fn func(tx *db.Tx, event *audit.Event) error) error {
	event := s.event(viewer, action)
	err := s.store.ChangeAccount(ctx, viewer.Account.ID, func(tx *db.Tx) error {
		event = s.event(viewer, action)
		if err := operation.RequireProof(ctx, tx.Reader, ownChange(viewer, action), s.now()); err != nil {
			return err
		}
		if err := fn(tx, &event); err != nil {
			return err
		}
		return audit.Record(ctx, tx, s.now(), event)
	})
	return s.denied(ctx, event, err)
}

// refuse records that a viewer was refused before anything was done, and returns the refusal.
func (s *Service) refuse(ctx context.Context, viewer *access.Viewer, action audit.Action, err error) error {
	return s.denied(ctx, s.event(viewer, action), err)
}

func (s *Service) event(viewer *access.Viewer, action audit.Action) audit.Event {
	return audit.Event{
		AccountID: viewer.Account.ID, Actor: viewer.Actor(), Action: action, Target: userTarget(viewer.Account, viewer.User),
	}
}

func (s *Service) denied(ctx context.Context, event audit.Event, err error) error {
	reason := denial(err)
	if reason == "" {
		return err
	}
	event.Outcome, event.Reason, event.Changes = db.Denied, reason, nil
	return errors.Join(err, s.store.Change(ctx, func(tx *db.Tx) error { return audit.Record(ctx, tx, s.now(), event) }))
}

// denial is the reason that the trail gives for a refusal, or nothing: what a person merely typed wrong is none.
func denial(err error) string {
	if forbidden, ok := errors.AsType[*access.ForbiddenError](err); ok {
		return "FORBIDDEN " + forbidden.Permission
	}
	switch {
	case errors.Is(err, access.ErrStepUpRequired):
		return "STEP_UP_REQUIRED"
	case errors.Is(err, access.ErrMFARequired):
		return "MFA_REQUIRED"
	}
	for _, code := range []problem.Code{problem.NotAllowed, problem.Lockout} {
		if problem.Has(err, code) {
			return string(code)
		}
	}
	return ""
}

// ownChange is what a viewer changes of themselves. Ending somebody else's session requires no proof either.
func ownChange(viewer *access.Viewer, action audit.Action) operation.Change {
	return operation.Change{Viewer: viewer, Action: action, UserID: viewer.User.ID}
}

// requireProof refuses at the beginning of what takes several steps what its transaction would refuse: a session whose last
// proof is too old.
func (s *Service) requireProof(viewer *access.Viewer, action audit.Action) error {
	return viewer.RequireProof(operation.Proof(ownChange(viewer, action)), s.now())
}
