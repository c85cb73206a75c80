package db

import (
	"context"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/uptrace/bun"

	"github.com/gatehouse/gatehouse/internal/typeid"
)

// link names a link table: its rows join owners to members.
type link struct{ table, owner, member string }

var (
	rolesOfUsers             = link{"user_roles", "user_id", "role_id"}
	accessPointsOfUsers      = link{"user_access_points", "user_id", "access_point_id"}
	whitelistsOfUsers        = link{"user_whitelists", "user_id", "whitelist_id"}
	whitelistsOfAccessPoints = link{"access_point_whitelists", "access_point_id", "whitelist_id"}
	accessPointsOfKeys       = link{"api_key_access_points", "api_key_id", "access_point_id"}
	whitelistsOfKeys         = link{"api_key_whitelists", "api_key_id", "whitelist_id"}
)

// reversed looks at the same table from the other side.
func (l link) reversed() link { return link{l.table, l.member, l.owner} }

// scanLinked reads the members of all given owners, each owner's in the given order. alias is the alias of the members'
// table. Of several owners the members are read once each, however many have them.
func scanLinked[T any, P interface {
	*T
	Node
}](ctx context.Context, r Reader, l link, owners []typeid.ID, alias, order string) (map[typeid.ID][]*T, error) {
	if len(owners) < 2 {
		return scanJoined[T](ctx, r, l, owners, alias, order)
	}
	members := make(map[typeid.ID][]*T, len(owners))
	ownersOf, err := r.ownersOf(ctx, l, owners)
	if err != nil || len(ownersOf) == 0 {
		return members, err
	}
	s := r.statement()
	wanted, err := s.in(alias+".id", slices.Collect(maps.Keys(ownersOf)))
	if err != nil {
		return nil, err
	}
	err = readRows(ctx, r, s, selectFrom[T](r, alias)+" WHERE "+wanted+" ORDER BY "+order, nil, func(row *T) {
		for _, owner := range ownersOf[P(row).NodeID()] {
			members[owner] = append(members[owner], row)
		}
	})
	return members, err
}

// ownersOf reads which of the owners has which members.
func (r Reader) ownersOf(ctx context.Context, l link, owners []typeid.ID) (map[typeid.ID][]typeid.ID, error) {
	ownersOf := map[typeid.ID][]typeid.ID{}
	err := r.pairs(ctx, owners, func(_ int, owner, member typeid.ID) { ownersOf[member] = append(ownersOf[member], owner) }, l)
	return ownersOf, err
}

// pairs reads who of the owners has which members by some links, which all name owners alike, and tells of each pair by which
// link it is. All of it comes as one text: a driver takes longer to hand on a row than the database to find it.
func (r Reader) pairs(ctx context.Context, owners []typeid.ID, each func(link int, owner, member typeid.ID), links ...link) error {
	s := r.statement()
	owned, err := s.in(links[0].owner, owners)
	if err != nil {
		return err
	}
	selects := make([]string, len(links))
	for i, l := range links {
		selects[i] = "SELECT " + l.owner + " || ' " + strconv.Itoa(i) + " ' || " + l.member + " AS pair FROM " + l.table + " WHERE " + owned
	}
	join := "group_concat"
	if r.postgres() {
		join = "string_agg"
	}
	var all string
	err = r.readValue(ctx, s, "SELECT coalesce("+join+"(pair, ' '), '') FROM ("+strings.Join(selects, " UNION ALL ")+") AS pairs", &all)
	for all != "" {
		var owner, link, member string
		owner, all, _ = strings.Cut(all, " ")
		link, all, _ = strings.Cut(all, " ")
		member, all, _ = strings.Cut(all, " ")
		each(int(link[0]-'0'), typeid.ID(owner), typeid.ID(member))
	}
	return err
}

// scanJoined is scanLinked in one statement, which reads members as often as they have owners.
func scanJoined[T any](ctx context.Context, r Reader, l link, owners []typeid.ID, alias, order string) (map[typeid.ID][]*T, error) {
	members := make(map[typeid.ID][]*T, len(owners))
	if len(owners) == 0 {
		return members, nil
	}
	s, shape := r.statement(), shapeOf[T](r)
	owned, err := s.in("link."+l.owner, owners)
	if err != nil {
		return nil, err
	}
	var owner string
	err = readRows(ctx, r, s, "SELECT link."+l.owner+", "+shape.list(alias)+" FROM "+l.table+" AS link JOIN "+shape.table+" AS "+alias+
		" ON "+alias+".id = link."+l.member+" WHERE "+owned+" ORDER BY "+order, []any{&owner},
		func(row *T) { members[typeid.ID(owner)] = append(members[typeid.ID(owner)], row) })
	return members, err
}

// countLinked counts the members of all given owners in one statement. Owners without any are not in the map.
func countLinked(ctx context.Context, r Reader, l link, owners []typeid.ID) (map[typeid.ID]int, error) {
	counts := make(map[typeid.ID]int, len(owners))
	if len(owners) == 0 {
		return counts, nil
	}
	var rows []struct {
		OwnerID typeid.ID
		Members int
	}
	err := r.idb.NewSelect().Table(l.table).
		ColumnExpr("? AS owner_id", bun.Ident(l.owner)).ColumnExpr("count(*) AS members").
		Where("? IN (?)", bun.Ident(l.owner), bun.List(owners)).GroupExpr("?", bun.Ident(l.owner)).Scan(ctx, &rows)
	for _, row := range rows {
		counts[row.OwnerID] = row.Members
	}
	return counts, translate(err)
}

// scanByID reads rows of an account by their IDs in one statement. IDs that the account does not have are not in the map.
func scanByID[T any](ctx context.Context, r Reader, alias string, accountID typeid.ID, ids []typeid.ID, id func(*T) typeid.ID) (map[typeid.ID]*T, error) {
	found := make(map[typeid.ID]*T, len(ids))
	if len(ids) == 0 {
		return found, nil
	}
	s := r.statement()
	text := selectFrom[T](r, alias) + " WHERE " + alias + ".account_id = " + s.arg(string(accountID))
	wanted, err := s.in(alias+".id", ids)
	if err != nil {
		return nil, err
	}
	err = readRows(ctx, r, s, text+" AND "+wanted, nil, func(row *T) { found[id(row)] = row })
	return found, err
}

// storable returns those of the texts that a database can hold. One with a NUL is in none, and must not be asked for: it
// cannot be written into a statement.
func storable(texts ...string) []string {
	return slices.DeleteFunc(slices.Clone(texts), func(text string) bool { return strings.ContainsRune(text, 0) })
}

// scanOne reads one row of an account by its ID.
func scanOne[T any](ctx context.Context, r Reader, alias string, accountID, id typeid.ID) (*T, error) {
	s := r.statement()
	return readRow[T](ctx, r, s, selectFrom[T](r, alias)+" WHERE "+alias+".account_id = "+s.arg(string(accountID))+
		" AND "+alias+".id = "+s.arg(string(id)))
}

// replaceRows makes the rows of the given IDs all that an owner has in a link table.
func replaceRows[T any](ctx context.Context, tx *Tx, column string, owner typeid.ID, ids []typeid.ID, row func(typeid.ID) T) error {
	tx.changed(owner)
	if _, err := tx.idb.NewDelete().Model((*T)(nil)).Where("? = ?", bun.Ident(column), owner).Exec(ctx); err != nil {
		return translate(err)
	}
	if len(ids) == 0 {
		return nil
	}
	rows := make([]T, len(ids))
	for i, id := range ids {
		rows[i] = row(id)
	}
	_, err := tx.idb.NewInsert().Model(&rows).Exec(ctx)
	return translate(err)
}
