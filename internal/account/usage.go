package account

import (
	"context"
	"time"

	"github.com/gatehouse/gatehouse/db"
	"github.com/gatehouse/gatehouse/internal/access"
	"github.com/gatehouse/gatehouse/internal/problem"
	"github.com/gatehouse/gatehouse/internal/typeid"
)

const (
	// SeenAddresses are remembered for 90 days, and what was reported for 30.
	seenDays     = 90
	reportedDays = 30
	// addressesShown bounds the lists of addresses.
	addressesShown = 50
)

// WhitelistReport is what whitelists in report-only mode would have refused.
type WhitelistReport struct {
	Since        db.Time
	Refusals     int
	AddressCount int
	Addresses    []*db.ReportedRefusal
}

// WhitelistReport tells what the whitelists of a user or an access point, which the viewer sees, would have refused in the
// last days, today included. It needs VIEW_WHITELIST.
func (s *Service) WhitelistReport(ctx context.Context, viewer *access.Viewer, askedBy typeid.ID, days int) (*WhitelistReport, error) {
	if err := viewer.Require(access.ViewWhitelist); err != nil {
		return nil, err
	}
	if days < 1 || days > reportedDays {
		return nil, problem.New(problem.Invalid, "number.out_of_range", "days", "least", 1, "most", reportedDays)
	}
	since := access.Day(db.At(s.now())) - days + 1
	report := &WhitelistReport{Since: db.At(time.Unix(int64(since)*24*60*60, 0))}
	var err error
	if report.Refusals, report.AddressCount, err = s.store.CountRefusalsReported(ctx, askedBy, since); err != nil {
		return nil, err
	}
	report.Addresses, err = s.store.RefusalsReported(ctx, askedBy, since, addressesShown)
	return report, err
}

// AddressesSeen returns from where a user, which the viewer sees, has come. It needs VIEW_WHITELIST.
func (s *Service) AddressesSeen(ctx context.Context, viewer *access.Viewer, userID typeid.ID) ([]*db.SeenAddress, error) {
	if err := viewer.Require(access.ViewWhitelist); err != nil {
		return nil, err
	}
	return s.store.AddressesSeen(ctx, userID, s.seenSince(), addressesShown)
}

// AddressesSeenAt returns from where anybody has come through an access point, which the viewer sees. It needs
// VIEW_WHITELIST.
func (s *Service) AddressesSeenAt(ctx context.Context, viewer *access.Viewer, accessPointID typeid.ID) ([]*db.SeenAddress, error) {
	if err := viewer.Require(access.ViewWhitelist); err != nil {
		return nil, err
	}
	return s.store.AddressesSeenAt(ctx, accessPointID, s.seenSince(), addressesShown)
}

func (s *Service) seenSince() db.Time { return db.At(s.now()).Add(-seenDays * day) }

// ForgetUsage deletes addresses and reports that are too old to be shown. It is run now and then.
func (s *Service) ForgetUsage(ctx context.Context) error {
	return s.store.Touch(ctx, func(tx *db.Tx) error {
		return tx.ForgetUsage(ctx, s.seenSince(), access.Day(db.At(s.now()))-reportedDays)
	})
}
