package main

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"
)

// sqliteLimit reads from SQLite.
type sqliteLimit struct {
	account                        string
	page, match, user              *sql.Stmt
	roles, lists, points, prefixes *sql.Stmt
}

func openSQLiteLimit(ctx context.Context, source string) (limitSource, error) {
	database, err := sql.Open("sqlite", source+"?mode=ro&_pragma=busy_timeout(5000)")
	if err != nil {
		return nil, err
	}
	database.SetMaxOpenConns(8)
	database.SetMaxIdleConns(8)
	l := &sqliteLimit{}
	if err := database.QueryRowContext(ctx, `SELECT account_id FROM access_points WHERE code = 'API'`).Scan(&l.account); err != nil {
		return nil, err
	}
	const listed = `IN (SELECT value FROM json_each($1))`
	for into, text := range map[**sql.Stmt]string{
		&l.page: limitAfter, &l.user: limitOne,
		&l.match: limitColumns + `WHERE account_id = $1 AND id IN (SELECT user_id FROM user_numbers
			WHERE number IN (SELECT rowid FROM users_search WHERE users_search MATCH $2)) AND instr(search, $3) ORDER BY login_key, id LIMIT 51`,
		&l.roles: fmt.Sprintf(limitRoles, listed), &l.lists: fmt.Sprintf(limitLists, listed),
		&l.points: fmt.Sprintf(limitPoints, listed), &l.prefixes: fmt.Sprintf(limitEntries, listed),
	} {
		if *into, err = database.PrepareContext(ctx, text); err != nil {
			return nil, err
		}
	}
	return l, nil
}

func (l *sqliteLimit) after(ctx context.Context, loginKey, id string) ([]limitUser, error) {
	return usersOf(l.page.QueryContext(ctx, l.account, loginKey, id))
}

func (l *sqliteLimit) matching(ctx context.Context, part string) ([]limitUser, error) {
	trigrams := make([]string, 0, len(part))
	for i := range len(part) - 2 {
		trigrams = append(trigrams, `"`+part[i:i+3]+`"`)
	}
	return usersOf(l.match.QueryContext(ctx, l.account, strings.Join(trigrams, " "), part))
}

func (l *sqliteLimit) one(ctx context.Context, id string) ([]limitUser, error) {
	return usersOf(l.user.QueryContext(ctx, l.account, id))
}

func usersOf(rows *sql.Rows, err error) ([]limitUser, error) {
	if err != nil {
		return nil, err
	}
	users := make([]limitUser, 0, 51)
	for rows.Next() {
		users = append(users, limitUser{})
		if err := rows.Scan(users[len(users)-1].into()...); err != nil {
			return nil, errors.Join(err, rows.Close())
		}
	}
	return users, errors.Join(rows.Err(), rows.Close())
}

func (l *sqliteLimit) held(ctx context.Context, users []string) (all [3]map[string][]held, err error) {
	for i, statement := range []*sql.Stmt{l.roles, l.lists, l.points} {
		if all[i], err = heldOf(ctx, statement, users); err != nil {
			return all, err
		}
	}
	return all, nil
}

func (l *sqliteLimit) entries(ctx context.Context, lists []string) (map[string][]held, error) {
	return heldOf(ctx, l.prefixes, lists)
}

func heldOf(ctx context.Context, statement *sql.Stmt, ids []string) (map[string][]held, error) {
	rows, err := statement.QueryContext(ctx, `["`+strings.Join(ids, `","`)+`"]`)
	if err != nil {
		return nil, err
	}
	found := make(map[string][]held, len(ids))
	for rows.Next() {
		var owner string
		var one held
		if err := rows.Scan(&owner, &one.id, &one.name); err != nil {
			return nil, errors.Join(err, rows.Close())
		}
		found[owner] = append(found[owner], one)
	}
	return found, errors.Join(rows.Err(), rows.Close())
}
