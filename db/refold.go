package db

import (
	"context"
	"fmt"
	"strings"

	"github.com/gatehouse/gatehouse/internal/text"
	"github.com/gatehouse/gatehouse/internal/typeid"
)

// refoldAll writes what rows are ordered by and searched in from what people see of them, and domains of addresses in Unicode, a thousand rows at a time. It names the
// columns that it reads: later migrations add others.
func refoldAll(ctx context.Context, tx *Tx) error {
	err := refold(ctx, tx, "users", []string{"id", "kind", "login_name", "name", "email"}, []string{"email", "name_key", "email_sort", "search"},
		func(user *User) (typeid.ID, []string) {
			user.Email = text.Email(user.Email)
			user.fold()
			return user.ID, []string{user.Email, user.NameKey, user.EmailSort, user.Search}
		})
	if err != nil {
		return err
	}
	err = refold(ctx, tx, "roles", []string{"id", "kind", "name", "description"}, []string{"sort_key", "search"},
		func(role *Role) (typeid.ID, []string) {
			role.fold()
			return role.ID, []string{role.SortKey, role.Search}
		})
	if err != nil {
		return err
	}
	var entries []*WhitelistEntry // 1,000 at most of a whitelist, of which an account has few
	if err := tx.idb.NewSelect().Model(&entries).Column("whitelist_id", "note").Where("note <> ''").Order("whitelist_id", "position").Scan(ctx); err != nil {
		return err
	}
	byList := map[typeid.ID][]*WhitelistEntry{}
	for _, entry := range entries {
		byList[entry.WhitelistID] = append(byList[entry.WhitelistID], entry)
	}
	return refold(ctx, tx, "whitelists", []string{"id", "name"}, []string{"sort_key", "search"},
		func(list *Whitelist) (typeid.ID, []string) {
			list.fold(byList[list.ID])
			return list.ID, []string{list.SortKey, list.Search}
		})
}

// refold writes columns of all rows of a table, whose new values follow from others. Search columns that stay the same are not indexed
// again: see the triggers of the users.
func refold[T any](ctx context.Context, tx *Tx, table string, read, written []string, fold func(*T) (typeid.ID, []string)) error {
	set := make([]string, len(written))
	for i, column := range written {
		set[i] = fmt.Sprintf("%s = refolded.column%d", column, i+2)
	}
	update := "UPDATE " + table + " SET " + strings.Join(set, ", ") + " FROM (VALUES %s) AS refolded WHERE " + table + ".id = refolded.column1"
	placeholders := "(?" + strings.Repeat(", ?", len(written)) + "), "
	for last := typeid.ID(""); ; {
		var rows []*T
		err := tx.idb.NewSelect().Table(table).Column(read...).Where("id > ?", last).Order("id").Limit(refoldedAtOnce).Scan(ctx, &rows)
		if err != nil || len(rows) == 0 {
			return err
		}
		values := make([]any, 0, len(rows)*(1+len(written)))
		for _, row := range rows {
			id, columns := fold(row)
			values, last = append(values, id), id
			for _, column := range columns {
				values = append(values, column)
			}
		}
		list := strings.TrimSuffix(strings.Repeat(placeholders, len(rows)), ", ")
		if _, err := tx.idb.NewRaw(fmt.Sprintf(update, list), values...).Exec(ctx); err != nil {
			return err
		}
	}
}

const refoldedAtOnce = 1000
