package signin

import (
	"context"

	"github.com/gatehouse/gatehouse/db"
	"github.com/gatehouse/gatehouse/internal/access"
	"github.com/gatehouse/gatehouse/internal/audit"
	"github.com/gatehouse/gatehouse/internal/mail"
	"github.com/gatehouse/gatehouse/internal/problem"
	"github.com/gatehouse/gatehouse/internal/typeid"
)

// RenameMFAMethod renames one of the viewer's own factors.
func (s *Service) RenameMFAMethod(ctx context.Context, viewer *access.Viewer, input RenameMFAMethodInput) (db.SecondFactor, error) {
	if err := viewer.RequireEnrolled(); err != nil {
		return nil, s.refuse(ctx, viewer, audit.MFARename, err)
	}
	name, err := methodName(input.Name)
	if err != nil {
		return nil, err
	}
	var factor db.SecondFactor
	err = s.change(ctx, viewer, audit.MFARename, func(tx *db.Tx, event *audit.Event) error {
		if factor, _, err = ownFactor(ctx, tx, viewer, input.ID); err != nil {
			return err
		}
		before := factor.Of().Name
		factor.Of().Name = name
		event.Changes = []db.AuditChange{{Field: "method", Before: &before, After: &name}}
		return tx.RenameFactor(ctx, factor)
	})
	if err != nil {
		return nil, err
	}
	return factor, nil
}

// RemoveMFAMethod removes one of the viewer's own factors after a fresh proof, but not the last of a user who must have
// one. With the last factor go the recovery codes.
func (s *Service) RemoveMFAMethod(ctx context.Context, viewer *access.Viewer, input RemoveMFAMethodInput) error {
	if err := viewer.RequireEnrolled(); err != nil {
		return s.refuse(ctx, viewer, audit.MFARemove, err)
	}
	return s.change(ctx, viewer, audit.MFARemove, func(tx *db.Tx, event *audit.Event) error {
		factor, last, err := ownFactor(ctx, tx, viewer, input.ID)
		if err != nil {
			return err
		}
		if err := tx.DeleteFactor(ctx, factor); err != nil {
			return err
		}
		if last {
			if err := withoutFactor(ctx, tx, viewer); err != nil {
				return err
			}
		}
		event.Changes = []db.AuditChange{{Field: "method", Before: &factor.Of().Name}}
		return s.mail.Queue(ctx, tx, mail.To(viewer.Account, viewer.User), mail.MFARemoved{Method: factor.Of().Name, IP: viewer.IP})
	})
}

// ownFactor finds a factor of the viewer, and whether it is the only one.
func ownFactor(ctx context.Context, tx *db.Tx, viewer *access.Viewer, id typeid.ID) (factor db.SecondFactor, last bool, err error) {
	factors, err := tx.Factors(ctx, viewer.User.ID)
	if err != nil {
		return nil, false, err
	}
	for _, factor := range factors {
		if factor.Of().ID == id {
			return factor, len(factors) == 1, nil
		}
	}
	return nil, false, problem.New(problem.NotFound, "mfa.not_found", "id")
}

// withoutFactor ends what a user had together with the last factor, unless they must have one as of now.
func withoutFactor(ctx context.Context, tx *db.Tx, viewer *access.Viewer) error {
	account, err := tx.AccountByID(ctx, viewer.Account.ID)
	if err != nil {
		return err
	}
	user, err := tx.UserByID(ctx, account.ID, viewer.User.ID)
	if err != nil {
		return err
	}
	if user.MFAForced || account.Policy.MFAForced {
		return problem.New(problem.NotAllowed, "mfa.last_factor", "id")
	}
	if err := tx.DeleteFactorsOf(ctx, user.ID); err != nil {
		return err
	}
	if err := tx.DeleteChallengesOf(ctx, user.ID); err != nil {
		return err
	}
	return tx.LowerSessions(ctx, user.ID)
}

// RegenerateRecoveryCodes gives the viewer ten new codes, after a fresh proof. The old ones are worth nothing any more.
func (s *Service) RegenerateRecoveryCodes(ctx context.Context, viewer *access.Viewer) ([]string, error) {
	if err := viewer.RequireEnrolled(); err != nil {
		return nil, s.refuse(ctx, viewer, audit.MFARegenerateRecoveryCodes, err)
	}
	var codes []string
	err := s.change(ctx, viewer, audit.MFARegenerateRecoveryCodes, func(tx *db.Tx, _ *audit.Event) error {
		enrolled, err := tx.HasFactor(ctx, viewer.User.ID)
		if err != nil {
			return err
		}
		if !enrolled {
			return problem.New(problem.NotAllowed, "mfa.no_factor", "")
		}
		if codes, err = s.replaceRecoveryCodes(ctx, tx, viewer.User.ID); err != nil {
			return err
		}
		message := mail.RecoveryCodesRegenerated{IP: viewer.IP}
		return s.mail.Queue(ctx, tx, mail.To(viewer.Account, viewer.User), message)
	})
	if err != nil {
		return nil, err
	}
	return codes, nil
}
