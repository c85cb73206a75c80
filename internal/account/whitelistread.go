package account

import (
	"context"
	"net/netip"
	"strings"

	"github.com/gatehouse/gatehouse/db"
	"github.com/gatehouse/gatehouse/internal/access"
	"github.com/gatehouse/gatehouse/internal/problem"
	"github.com/gatehouse/gatehouse/internal/typeid"
)

// Whitelists returns a page of the account's whitelists, by name.
func (s *Service) Whitelists(ctx context.Context, viewer *access.Viewer, filter db.WhitelistFilter, page db.Page) (db.List[db.Whitelist], error) {
	filter, err := whitelistFilter(viewer, filter)
	if err != nil {
		return db.List[db.Whitelist]{}, err
	}
	return s.store.Whitelists(ctx, viewer.Account.ID, filter, page)
}

// CountWhitelists counts what Whitelists lists; nil when it is not exact and there are too many.
func (s *Service) CountWhitelists(ctx context.Context, viewer *access.Viewer, filter db.WhitelistFilter, exact bool) (*int, error) {
	filter, err := whitelistFilter(viewer, filter)
	if err != nil {
		return nil, err
	}
	return s.store.CountWhitelists(ctx, viewer.Account.ID, filter, exact)
}

// WhitelistsByID returns those of the whitelists that the viewer may see.
func (s *Service) WhitelistsByID(ctx context.Context, viewer *access.Viewer, ids []typeid.ID) (map[typeid.ID]*db.Whitelist, error) {
	if viewer.Require(access.ViewWhitelist) != nil {
		return nil, nil
	}
	return s.store.WhitelistsByID(ctx, viewer.Account.ID, ids)
}

func whitelistFilter(viewer *access.Viewer, filter db.WhitelistFilter) (db.WhitelistFilter, error) {
	if err := viewer.Require(access.ViewWhitelist); err != nil {
		return filter, err
	}
	if err := checkQuery(filter.Query); err != nil {
		return filter, err
	}
	if filter.ContainsIP != nil {
		address, err := netip.ParseAddr(strings.TrimSpace(*filter.ContainsIP))
		if err != nil || address.Zone() != "" {
			return filter, problem.New(problem.Invalid, "ip.invalid", "filter.containsIp")
		}
		text := address.String()
		filter.ContainsIP = &text
	}
	return filter, nil
}
