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

// WhitelistReports tells what the whitelists of users or access points, which the viewer sees, would have refused in the last
// days, today included. It needs VIEW_WHITELIST.
func (s *Service) WhitelistReports(ctx context.Context, viewer *access.Viewer, askedBy []typeid.ID, days int) (map[typeid.ID]*WhitelistReport, error) {
	if err := viewer.Require(access.ViewWhitelist); err != nil {
		return nil, err
	}
	if days < 1 || days > reportedDays {
		return nil, problem.New(problem.Invalid, "number.out_of_range", "days", "least", 1, "most", reportedDays)
	}
	since := access.Day(db.At(s.now())) - days + 1
	counts, err := s.store.CountRefusalsReported(ctx, askedBy, since)
	if err != nil {
		return nil, err
	}
	addresses, err := s.store.RefusalsReported(ctx, askedBy, since, addressesShown)
	reports := make(map[typeid.ID]*WhitelistReport, len(askedBy))
	for _, id := range askedBy {
		reports[id] = &WhitelistReport{
			Since: db.At(time.Unix(int64(since)*24*60*60, 0)), Refusals: counts[id].Refusals, AddressCount: counts[id].Addresses, Addresses: addresses[id],
		}
	}
	return reports, err
}

// AddressesSeenByUser returns from where users, which the viewer sees, have come. It needs VIEW_WHITELIST.
func (s *Service) AddressesSeenByUser(ctx context.Context, viewer *access.Viewer, userIDs []typeid.ID) (map[typeid.ID][]*db.SeenAddress, error) {
	if err := viewer.Require(access.ViewWhitelist); err != nil {
		return nil, err
	}
	return s.store.AddressesSeenByUser(ctx, userIDs, s.seenSince(), addressesShown)
}

// AddressesSeenByAccessPoint returns from where anybody has come through access points, which the viewer sees. It needs
// VIEW_WHITELIST.
func (s *Service) AddressesSeenByAccessPoint(ctx context.Context, viewer *access.Viewer, accessPointIDs []typeid.ID) (map[typeid.ID][]*db.SeenAddress, error) {
	if err := viewer.Require(access.ViewWhitelist); err != nil {
		return nil, err
	}
	return s.store.AddressesSeenByAccessPoint(ctx, accessPointIDs, s.seenSince(), addressesShown)
}

func (s *Service) seenSince() db.Time { return db.At(s.now()).Add(-seenDays * day) }

// ForgetUsage deletes addresses and reports that are too old to be shown. It is run now and then.
func (s *Service) ForgetUsage(ctx context.Context) error {
	return s.store.SweepUsage(ctx, s.seenSince(), access.Day(db.At(s.now()))-reportedDays)
}
