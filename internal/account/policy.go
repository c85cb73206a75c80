package account

import (
	"context"

	"github.com/gatehouse/gatehouse/db"
	"github.com/gatehouse/gatehouse/internal/access"
	"github.com/gatehouse/gatehouse/internal/audit"
	"github.com/gatehouse/gatehouse/internal/password"
	"github.com/gatehouse/gatehouse/internal/problem"
)

// UpdateAccount renames the account. It needs MANAGE_ACCOUNT.
func (s *Service) UpdateAccount(ctx context.Context, viewer *access.Viewer, input UpdateAccountInput) (*db.Account, error) {
	var account *db.Account
	err := s.change(ctx, viewer, audit.AccountUpdate, []string{access.ManageAccount}, func(tx *db.Tx, a *attempt) (err error) {
		if account, err = a.loadAccount(ctx, tx); err != nil {
			return err
		}
		if err := checkRevision(input.Revision, account.Revision); err != nil {
			return err
		}
		before := *account
		var problems problem.List
		account.Name = patched(&problems, "name", input.Name, account.Name, readName)
		if err := problems.Err(); err != nil {
			return err
		}
		account.Revision++
		return a.writeAccount(ctx, tx, &before, account)
	})
	return orNil(account, err)
}

// UpdateAccountPolicy changes what the account asks of all its users, for every open session with its next request. It
// needs MANAGE_ACCOUNT and a fresh proof.
func (s *Service) UpdateAccountPolicy(ctx context.Context, viewer *access.Viewer, input UpdateAccountPolicyInput) (*db.Account, error) {
	var account *db.Account
	err := s.change(ctx, viewer, audit.AccountUpdatePolicy, []string{access.ManageAccount}, func(tx *db.Tx, a *attempt) (err error) {
		if account, err = a.loadAccount(ctx, tx); err != nil {
			return err
		}
		if err := checkRevision(input.Revision, account.Policy.Revision); err != nil {
			return err
		}
		before := *account
		if account.Policy, err = a.readPolicy(before.Policy, input); err != nil {
			return err
		}
		return a.writeAccount(ctx, tx, &before, account)
	})
	return orNil(account, err)
}

func (a *attempt) readPolicy(policy db.AccountPolicy, input UpdateAccountPolicyInput) (db.AccountPolicy, error) {
	var problems problem.List
	maxHours := policy.SessionMaxHours
	policy.MFAForced = patched(&problems, "mfaForced", input.MFAForced, policy.MFAForced, asGiven)
	policy.PasswordMinLength = patched(&problems, "passwordMinLength", input.PasswordMinLength, policy.PasswordMinLength,
		between(password.MinLength, password.MaxLength))
	days := input.APIKeyMaxLifetimeDays
	if deliberate(&problems, "apiKeysMayNeverExpire", input.APIKeysMayNeverExpire, "apiKeyMaxLifetimeDays", days.IsSet(), days.Value() == nil) {
		policy.APIKeyMaxLifetimeDays = 0
	} else if days.Value() != nil {
		policy.APIKeyMaxLifetimeDays = between(1, 3650)(&problems, "apiKeyMaxLifetimeDays", *days.Value())
	}
	policy.SessionIdleMinutes = patched(&problems, "sessionIdleMinutes", input.SessionIdleMinutes, policy.SessionIdleMinutes, between(5, 24*60))
	policy.SessionMaxHours = patched(&problems, "sessionMaxHours", input.SessionMaxHours, policy.SessionMaxHours, between(1, 30*24))
	policy.Revision++
	if problems.Err() == nil && policy.SessionMaxHours < maxHours && policy.SessionEnd(a.viewer.Session.CreatedAt) <= a.now {
		problems.Add(problem.New(problem.Lockout, "policy.lockout", "sessionMaxHours"))
	}
	return policy, problems.Err()
}

func between(least, most int) func(*problem.List, string, int) int {
	return func(problems *problem.List, path string, value int) int {
		if value < least || value > most {
			problems.Add(problem.New(problem.Invalid, "number.out_of_range", path, "least", least, "most", most))
		}
		return value
	}
}

func (a *attempt) loadAccount(ctx context.Context, tx *db.Tx) (*db.Account, error) {
	account, err := tx.AccountByID(ctx, a.accountID)
	if err != nil {
		return nil, err
	}
	a.target = accountTarget(account)
	return account, nil
}

func accountTarget(account *db.Account) audit.Target {
	return audit.Target{ID: account.ID, Name: account.Handle}
}

func (a *attempt) writeAccount(ctx context.Context, tx *db.Tx, before, account *db.Account) error {
	if a.fields = audit.Diff(before, account); len(a.fields) == 0 {
		// What was counted up for the change does not stay on an account that is the same.
		*account = *before
		return errUnchanged
	}
	account.UpdatedAt = a.now
	return tx.UpdateAccount(ctx, account)
}
