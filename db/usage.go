package db

import (
	"context"
	"errors"
	"time"

	"github.com/uptrace/bun"

	"github.com/gatehouse/gatehouse/internal/typeid"
)

// SeenAddress is an address from which a user, or a key in the user's name, has come in through an access point.
type SeenAddress struct {
	bun.BaseModel `bun:"table:seen_addresses,alias:seen"`

	UserID        typeid.ID `bun:",pk"`
	APIKeyID      typeid.ID `bun:"api_key_id,pk"` // empty: the user in person
	AccessPointID typeid.ID `bun:",pk"`
	Prefix        Prefix    `bun:",pk"` // an IPv4 address, or the /64 of an IPv6 address
	FirstAt       Time
	LastAt        Time
}

// ReportedRefusal is what whitelists in report-only mode would have refused on one day.
type ReportedRefusal struct {
	bun.BaseModel `bun:"table:reported_refusals,alias:refusal"`

	AskedBy  typeid.ID `bun:",pk"` // the user or access point whose whitelists they are
	Day      int       `bun:",pk"` // since 1970, UTC
	Prefix   Prefix    `bun:",pk"` // an IPv4 address, or the /64 of an IPv6 address
	UserID   typeid.ID `bun:",pk"`
	Refusals int
	LastAt   Time
}

// seenEvery is how often at most the last time of an address is written.
const seenEvery = time.Hour

// SeeAddresses notes from where users and keys came in, and returns those keys' addresses where the key was seen before, but
// never there.
func (tx *Tx) SeeAddresses(ctx context.Context, seen []*SeenAddress) (foreign []*SeenAddress, err error) {
	var owners []typeid.ID
	for _, one := range seen {
		if one.APIKeyID != "" {
			owners = append(owners, one.UserID)
		}
	}
	before := map[typeid.ID]map[Prefix]bool{} // by key
	if len(owners) > 0 {
		var rows []*SeenAddress
		err := tx.idb.NewSelect().Model(&rows).Column("api_key_id", "prefix").
			Where("user_id IN (?)", bun.List(owners)).Where("api_key_id <> ''").Scan(ctx)
		if err != nil {
			return nil, translate(err)
		}
		for _, row := range rows {
			if before[row.APIKeyID] == nil {
				before[row.APIKeyID] = map[Prefix]bool{}
			}
			before[row.APIKeyID][row.Prefix] = true
		}
	}
	for _, one := range seen {
		if known := before[one.APIKeyID]; one.APIKeyID != "" && known != nil && !known[one.Prefix] {
			foreign = append(foreign, one)
			known[one.Prefix] = true // told once, through however many doors
		}
	}
	_, err = tx.idb.NewInsert().Model(&seen).On("CONFLICT (user_id, api_key_id, access_point_id, prefix) DO UPDATE").
		Set("first_at = CASE WHEN EXCLUDED.first_at < seen.first_at THEN EXCLUDED.first_at ELSE seen.first_at END").
		Set("last_at = EXCLUDED.last_at").
		// Later than now by more than an hour was written by a clock that has been put back.
		Where("abs(seen.last_at - EXCLUDED.last_at) > ?", seenEvery.Milliseconds()).Exec(ctx)
	return foreign, translate(err)
}

// ReportRefusals adds to what was reported.
func (tx *Tx) ReportRefusals(ctx context.Context, refusal *ReportedRefusal) error {
	_, err := tx.idb.NewInsert().Model(refusal).On("CONFLICT (asked_by, day, prefix, user_id) DO UPDATE").
		Set("refusals = refusal.refusals + EXCLUDED.refusals").Set("last_at = EXCLUDED.last_at").Exec(ctx)
	return translate(err)
}

// AddressesSeenByUser returns from where users came, with or without a key, since an instant: of each the latest first, at most
// limit.
func (r Reader) AddressesSeenByUser(ctx context.Context, userIDs []typeid.ID, since Time, limit int) (map[typeid.ID][]*SeenAddress, error) {
	return r.addressesSeen(ctx, "user_id", func(seen *SeenAddress) typeid.ID { return seen.UserID }, userIDs, since, limit)
}

// AddressesSeenByAccessPoint returns from where anybody came through access points since an instant: of each the latest first,
// at most limit.
func (r Reader) AddressesSeenByAccessPoint(ctx context.Context, accessPointIDs []typeid.ID, since Time, limit int) (map[typeid.ID][]*SeenAddress, error) {
	return r.addressesSeen(ctx, "access_point_id", func(seen *SeenAddress) typeid.ID { return seen.AccessPointID }, accessPointIDs, since, limit)
}

func (r Reader) addressesSeen(ctx context.Context, column string, of func(*SeenAddress) typeid.ID, ids []typeid.ID, since Time, limit int) (map[typeid.ID][]*SeenAddress, error) {
	if len(ids) == 0 {
		return nil, nil
	}
	ranked := r.idb.NewSelect().Model((*SeenAddress)(nil)).
		Column(column, "prefix").ColumnExpr("min(first_at) AS first_at").ColumnExpr("max(last_at) AS last_at").
		ColumnExpr("row_number() OVER (PARTITION BY ? ORDER BY max(last_at) DESC, prefix) AS place", bun.Ident(column)).
		Where("? IN (?)", bun.Ident(column), bun.List(ids)).Where("last_at >= ?", since).Group(column, "prefix")
	var rows []*SeenAddress
	err := r.idb.NewSelect().TableExpr("(?) AS ranked", ranked).Column(column, "prefix", "first_at", "last_at").
		Where("place <= ?", limit).OrderExpr("?, place", bun.Ident(column)).Scan(ctx, &rows)
	seen := make(map[typeid.ID][]*SeenAddress, len(ids))
	for _, row := range rows {
		seen[of(row)] = append(seen[of(row)], row)
	}
	return seen, translate(err)
}

// RefusalsReported returns what the whitelists of users or access points would have refused since a day, a line an address: of
// each the most first, at most limit.
func (r Reader) RefusalsReported(ctx context.Context, askedBy []typeid.ID, since, limit int) (map[typeid.ID][]*ReportedRefusal, error) {
	if len(askedBy) == 0 {
		return nil, nil
	}
	ranked := r.idb.NewSelect().Model((*ReportedRefusal)(nil)).
		Column("asked_by", "prefix").ColumnExpr("sum(refusals) AS refusals").ColumnExpr("max(last_at) AS last_at").
		ColumnExpr("row_number() OVER (PARTITION BY asked_by ORDER BY sum(refusals) DESC, prefix) AS place").
		Where("asked_by IN (?)", bun.List(askedBy)).Where("day >= ?", since).Group("asked_by", "prefix")
	var rows []*ReportedRefusal
	err := r.idb.NewSelect().TableExpr("(?) AS ranked", ranked).Column("asked_by", "prefix", "refusals", "last_at").
		Where("place <= ?", limit).OrderExpr("asked_by, place").Scan(ctx, &rows)
	reported := make(map[typeid.ID][]*ReportedRefusal, len(askedBy))
	for _, row := range rows {
		reported[row.AskedBy] = append(reported[row.AskedBy], row)
	}
	return reported, translate(err)
}

// RefusalCount is how many refusals were reported, and from how many addresses.
type RefusalCount struct {
	AskedBy             typeid.ID
	Refusals, Addresses int
}

// CountRefusalsReported counts what the whitelists of users or access points would have refused since a day.
func (r Reader) CountRefusalsReported(ctx context.Context, askedBy []typeid.ID, since int) (map[typeid.ID]RefusalCount, error) {
	if len(askedBy) == 0 {
		return nil, nil
	}
	var rows []RefusalCount
	err := r.idb.NewSelect().Model((*ReportedRefusal)(nil)).
		Column("asked_by").ColumnExpr("sum(refusals) AS refusals").ColumnExpr("count(DISTINCT prefix) AS addresses").
		Where("asked_by IN (?)", bun.List(askedBy)).Where("day >= ?", since).Group("asked_by").Scan(ctx, &rows)
	counts := make(map[typeid.ID]RefusalCount, len(rows))
	for _, row := range rows {
		counts[row.AskedBy] = row
	}
	return counts, translate(err)
}

// SweepUsage deletes addresses that nobody has come from since an instant, and refusals from before a day.
func (d *DB) SweepUsage(ctx context.Context, seen Time, reported int) error {
	return errors.Join(
		d.sweep(ctx, (*SeenAddress)(nil), "last_at < ?", seen),
		d.sweep(ctx, (*ReportedRefusal)(nil), "day < ?", reported),
	)
}
