package db

import (
	"cmp"
	"context"
	"encoding/hex"
	"net/netip"
	"strings"

	"github.com/uptrace/bun"

	"github.com/gatehouse/gatehouse/internal/text"
	"github.com/gatehouse/gatehouse/internal/typeid"
)

// Whitelist is a named set of addresses and prefixes, never empty.
type Whitelist struct {
	bun.BaseModel `bun:"table:whitelists,alias:w"`

	ID        typeid.ID `bun:",pk"`
	AccountID typeid.ID
	Name      string
	NameKey   string // text.Key of Name, unique in the account
	SortKey   string // text.SortKey of Name
	Search    string // text.Fold of the name and the entries' notes, a line each
	CreatedAt Time
	UpdatedAt Time
	Revision  int
}

// CompareWhitelists orders whitelists as their list is ordered.
func CompareWhitelists(a, b *Whitelist) int {
	return cmp.Or(strings.Compare(a.SortKey, b.SortKey), strings.Compare(string(a.ID), string(b.ID)))
}

// Cursor is the whitelist's place in the list of whitelists.
func (w *Whitelist) Cursor() Cursor { return Cursor{Key: w.SortKey, ID: w.ID} }

func (w *Whitelist) fold(entries []*WhitelistEntry) {
	w.NameKey, w.SortKey, w.Search = text.Key(w.Name), text.SortKey(w.Name), text.Fold(w.Name)
	for _, entry := range entries {
		if entry.Note != "" {
			w.Search += "\n" + text.Fold(entry.Note)
		}
	}
}

// WhitelistEntry is one prefix of a whitelist.
type WhitelistEntry struct {
	bun.BaseModel `bun:"table:whitelist_entries,alias:e"`

	WhitelistID typeid.ID `bun:",pk"`
	Position    int       `bun:",pk"` // from 0, as given
	Prefix      Prefix    // masked; never an IPv4-mapped IPv6 prefix
	Note        string
	// Lowest and Highest address of the prefix as 32 hexadecimal digits, IPv4 as its IPv4-mapped IPv6 address, so that the
	// database can find the lists that hold an address.
	Lowest, Highest string
}

// UserWhitelist asks a whitelist of a user.
type UserWhitelist struct {
	bun.BaseModel `bun:"table:user_whitelists"`

	UserID      typeid.ID `bun:",pk"`
	WhitelistID typeid.ID `bun:",pk"`
}

// WhitelistFilter picks whitelists. Nil asks nothing.
type WhitelistFilter struct {
	Query      *string // part of the name or of an entry's note; case and accents do not matter
	ContainsIP *string // only whitelists with an entry that holds this address; what is no address is in none
}

func (f WhitelistFilter) apply(query *bun.SelectQuery, accountID typeid.ID) *bun.SelectQuery {
	query = query.Where("w.account_id = ?", accountID)
	if f.Query != nil {
		query = query.Where(`w.search LIKE ? ESCAPE '\'`, likePattern(text.Fold(*f.Query)))
	}
	if f.ContainsIP != nil {
		query = whereHolds(query, *f.ContainsIP)
	}
	return query
}

func whereHolds(query *bun.SelectQuery, ip string) *bun.SelectQuery {
	address, err := netip.ParseAddr(ip)
	if err != nil {
		return query.Where("1 = 0")
	}
	address = address.Unmap()
	floor := ""
	if address.Is4() { // an IPv6 prefix such as ::/0 begins below all of them, and holds no IPv4 address
		floor = addressKey(netip.IPv4Unspecified())
	}
	return query.Where("EXISTS (SELECT 1 FROM whitelist_entries WHERE whitelist_id = w.id AND lowest >= ? AND lowest <= ? AND highest >= ?)",
		floor, addressKey(address), addressKey(address))
}

// addressKey writes an address so that texts compare as addresses do.
func addressKey(address netip.Addr) string {
	bytes := address.As16()
	return hex.EncodeToString(bytes[:])
}

// bounds fills in what the database finds the entry by.
func (e *WhitelistEntry) bounds() {
	first := e.Prefix.Addr()
	last := first.As16()
	free := first.BitLen() - e.Prefix.Bits() // bits that the prefix leaves open, at the end in either family
	for i := len(last) - 1; free > 0; i, free = i-1, free-8 {
		last[i] |= 0xff >> max(0, 8-free)
	}
	e.Lowest, e.Highest = addressKey(first), hex.EncodeToString(last[:])
}

// Whitelists returns a page of an account's whitelists by name.
func (r Reader) Whitelists(ctx context.Context, accountID typeid.ID, filter WhitelistFilter, page Page) (List[Whitelist], error) {
	query := filter.apply(r.idb.NewSelect().Model((*Whitelist)(nil)), accountID)
	return scanPage(ctx, r, query, "w", byText("sort_key", false, func(w *Whitelist) string { return w.SortKey }), page)
}

// CountWhitelists counts an account's whitelists: exactly, or up to [CountLimit], past which it returns nil.
func (r Reader) CountWhitelists(ctx context.Context, accountID typeid.ID, filter WhitelistFilter, exact bool) (*int, error) {
	return countRows(ctx, r, filter.apply(r.idb.NewSelect().Model((*Whitelist)(nil)), accountID), exact)
}

// WhitelistByID finds a whitelist of an account.
func (r Reader) WhitelistByID(ctx context.Context, accountID, id typeid.ID) (*Whitelist, error) {
	return scanOne[Whitelist](ctx, r, "w", accountID, id)
}

// HasWhitelistNamed says whether a name is taken, without regard to case.
func (r Reader) HasWhitelistNamed(ctx context.Context, accountID typeid.ID, name string) (bool, error) {
	found, err := r.idb.NewSelect().Model((*Whitelist)(nil)).
		Where("w.account_id = ?", accountID).Where("w.name_key = ?", text.Key(name)).Exists(ctx)
	return found, translate(err)
}

// WhitelistsByID finds those of the whitelists that the account has.
func (r Reader) WhitelistsByID(ctx context.Context, accountID typeid.ID, ids []typeid.ID) (map[typeid.ID]*Whitelist, error) {
	return scanByID(ctx, r, "w", accountID, ids, func(w *Whitelist) typeid.ID { return w.ID })
}

// WhitelistsByUser returns what whitelists are asked of users, by name.
func (r Reader) WhitelistsByUser(ctx context.Context, userIDs []typeid.ID) (map[typeid.ID][]*Whitelist, error) {
	return scanLinked[Whitelist](ctx, r, whitelistsOfUsers, userIDs, "w", "w.sort_key, w.id")
}

// WhitelistsByAccessPoint returns what whitelists access points ask of everyone, by name.
func (r Reader) WhitelistsByAccessPoint(ctx context.Context, accessPointIDs []typeid.ID) (map[typeid.ID][]*Whitelist, error) {
	return scanLinked[Whitelist](ctx, r, whitelistsOfAccessPoints, accessPointIDs, "w", "w.sort_key, w.id")
}

// EntriesByWhitelist returns the entries of whitelists, in the order given.
func (r Reader) EntriesByWhitelist(ctx context.Context, whitelistIDs []typeid.ID) (map[typeid.ID][]*WhitelistEntry, error) {
	byList := make(map[typeid.ID][]*WhitelistEntry, len(whitelistIDs))
	if len(whitelistIDs) == 0 {
		return byList, nil
	}
	s := r.statement()
	asked, err := s.in("e.whitelist_id", whitelistIDs)
	if err != nil {
		return nil, err
	}
	err = readRows(ctx, r, s, selectFrom[WhitelistEntry](r, "e")+" WHERE "+asked+" ORDER BY e.whitelist_id, e.position", nil,
		func(entry *WhitelistEntry) { byList[entry.WhitelistID] = append(byList[entry.WhitelistID], entry) })
	return byList, err
}

// UserCountByWhitelist counts of whom whitelists are asked.
func (r Reader) UserCountByWhitelist(ctx context.Context, whitelistIDs []typeid.ID) (map[typeid.ID]int, error) {
	return countLinked(ctx, r, whitelistsOfUsers.reversed(), whitelistIDs)
}

// WhitelistConcerns says whether a whitelist is asked of a user with any of the roles: of themselves, of a key of theirs, or at
// an access point that they have.
func (r Reader) WhitelistConcerns(ctx context.Context, whitelistID typeid.ID, roleIDs []typeid.ID) (concerns bool, err error) {
	if len(roleIDs) == 0 {
		return false, nil
	}
	// SQLite joins a CROSS JOIN in the order written: from the few users with the roles, not from all that have the list.
	err = r.idb.NewRaw(`SELECT EXISTS (SELECT 1 FROM user_roles AS ur CROSS JOIN user_whitelists AS uw
			WHERE ur.role_id IN (?1) AND uw.user_id = ur.user_id AND uw.whitelist_id = ?0)
		OR EXISTS (SELECT 1 FROM access_point_whitelists AS aw CROSS JOIN user_roles AS ur CROSS JOIN user_access_points AS ua
			WHERE aw.whitelist_id = ?0 AND ur.role_id IN (?1) AND ua.user_id = ur.user_id AND ua.access_point_id = aw.access_point_id)
		OR EXISTS (SELECT 1 FROM api_key_whitelists AS kw JOIN api_keys AS k ON k.id = kw.api_key_id
			JOIN user_roles AS ur ON ur.user_id = k.user_id WHERE kw.whitelist_id = ?0 AND ur.role_id IN (?1))`,
		whitelistID, bun.List(roleIDs)).Scan(ctx, &concerns)
	return concerns, translate(err)
}

// CreateWhitelist adds a whitelist with its entries, which it numbers. A taken name is a [ConflictError] on "name_key".
func (tx *Tx) CreateWhitelist(ctx context.Context, whitelist *Whitelist, entries []*WhitelistEntry) error {
	whitelist.fold(entries)
	tx.created(whitelist.ID)
	if _, err := tx.idb.NewInsert().Model(whitelist).Exec(ctx); err != nil {
		return translate(err)
	}
	return tx.addEntries(ctx, whitelist.ID, entries)
}

// UpdateWhitelist writes what can change of a whitelist, with all its entries. Conflicts are those of
// [Tx.CreateWhitelist].
func (tx *Tx) UpdateWhitelist(ctx context.Context, whitelist *Whitelist, entries []*WhitelistEntry) error {
	whitelist.fold(entries)
	tx.changed(whitelist.ID)
	err := affected(tx.idb.NewUpdate().Model(whitelist).Column("name", "name_key", "sort_key", "search", "updated_at", "revision").
		WherePK().Where("account_id = ?", whitelist.AccountID).Exec(ctx))
	if err != nil {
		return err
	}
	if err := tx.deleteEntries(ctx, whitelist.ID); err != nil {
		return err
	}
	return tx.addEntries(ctx, whitelist.ID, entries)
}

// DeleteWhitelist removes a whitelist with its entries, and from keys: the caller has seen that none of those can be used
// any more. While a user or an access point has it this is [ErrReferenced].
func (tx *Tx) DeleteWhitelist(ctx context.Context, whitelist *Whitelist) error {
	tx.changed(whitelist.ID)
	_, err := tx.idb.NewDelete().Model((*APIKeyWhitelist)(nil)).Where("whitelist_id = ?", whitelist.ID).Exec(ctx)
	if err != nil {
		return translate(err)
	}
	if err := tx.deleteEntries(ctx, whitelist.ID); err != nil {
		return err
	}
	return affected(tx.idb.NewDelete().Model(whitelist).WherePK().Where("account_id = ?", whitelist.AccountID).Exec(ctx))
}

func (tx *Tx) addEntries(ctx context.Context, whitelistID typeid.ID, entries []*WhitelistEntry) error {
	for i, entry := range entries {
		entry.WhitelistID, entry.Position = whitelistID, i
		entry.bounds()
	}
	_, err := tx.idb.NewInsert().Model(&entries).Exec(ctx)
	return translate(err)
}

func (tx *Tx) deleteEntries(ctx context.Context, whitelistID typeid.ID) error {
	_, err := tx.idb.NewDelete().Model((*WhitelistEntry)(nil)).Where("whitelist_id = ?", whitelistID).Exec(ctx)
	return translate(err)
}
