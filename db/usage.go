package db

import (
	"context"
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

// AddressesSeen returns from where users came, with or without a key, since an instant; the latest first, at most limit.
func (r Reader) AddressesSeen(ctx context.Context, userID typeid.ID, since Time, limit int) ([]*SeenAddress, error) {
	return r.addressesSeen(ctx, "user_id", userID, since, limit)
}

// AddressesSeenAt returns from where anybody came through an access point since an instant; the latest first, at most limit.
func (r Reader) AddressesSeenAt(ctx context.Context, accessPointID typeid.ID, since Time, limit int) ([]*SeenAddress, error) {
	return r.addressesSeen(ctx, "access_point_id", accessPointID, since, limit)
}

func (r Reader) addressesSeen(ctx context.Context, column string, id typeid.ID, since Time, limit int) ([]*SeenAddress, error) {
	var seen []*SeenAddress
	err := r.idb.NewSelect().Model((*SeenAddress)(nil)).
		Column("prefix").ColumnExpr("min(first_at) AS first_at").ColumnExpr("max(last_at) AS last_at").
		Where("? = ?", bun.Ident(column), id).Where("last_at >= ?", since).
		Group("prefix").OrderExpr("max(last_at) DESC, prefix").Limit(int64(limit)).Scan(ctx, &seen)
	return seen, translate(err)
}

// RefusalsReported returns what the whitelists of a user or access point would have refused since a day, a line an address;
// the most first, at most limit.
func (r Reader) RefusalsReported(ctx context.Context, askedBy typeid.ID, since, limit int) ([]*ReportedRefusal, error) {
	var refusals []*ReportedRefusal
	err := r.idb.NewSelect().Model((*ReportedRefusal)(nil)).
		Column("prefix").ColumnExpr("sum(refusals) AS refusals").ColumnExpr("max(last_at) AS last_at").
		Where("asked_by = ?", askedBy).Where("day >= ?", since).
		Group("prefix").OrderExpr("sum(refusals) DESC, prefix").Limit(int64(limit)).Scan(ctx, &refusals)
	return refusals, translate(err)
}

// CountRefusalsReported counts all of them, and from how many addresses.
func (r Reader) CountRefusalsReported(ctx context.Context, askedBy typeid.ID, since int) (refusals, addresses int, err error) {
	err = r.idb.NewSelect().Model((*ReportedRefusal)(nil)).
		ColumnExpr("coalesce(sum(refusals), 0)").ColumnExpr("count(DISTINCT prefix)").
		Where("asked_by = ?", askedBy).Where("day >= ?", since).Scan(ctx, &refusals, &addresses)
	return refusals, addresses, translate(err)
}

// ForgetUsage deletes addresses that nobody has come from since an instant, and refusals from before a day.
func (tx *Tx) ForgetUsage(ctx context.Context, seen Time, reported int) error {
	_, err := tx.idb.NewDelete().Model((*SeenAddress)(nil)).Where("last_at < ?", seen).Exec(ctx)
	if err != nil {
		return translate(err)
	}
	_, err = tx.idb.NewDelete().Model((*ReportedRefusal)(nil)).Where("day < ?", reported).Exec(ctx)
	return translate(err)
}
