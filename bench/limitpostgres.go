package main

import (
	"context"
	"fmt"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
)

// postgresLimit reads from PostgreSQL by pgx itself, which prepares statements, and sends those that can go together in one
// batch.
type postgresLimit struct {
	account string
	pool    *pgxpool.Pool
}

func openPostgresLimit(ctx context.Context, source string) (limitSource, error) {
	pool, err := pgxpool.New(ctx, source)
	if err != nil {
		return nil, err
	}
	l := &postgresLimit{pool: pool}
	return l, pool.QueryRow(ctx, `SELECT account_id FROM access_points WHERE code = 'API'`).Scan(&l.account)
}

func (l *postgresLimit) after(ctx context.Context, loginKey, id string) ([]limitUser, error) {
	return l.users(ctx, limitAfter, l.account, loginKey, id)
}

func (l *postgresLimit) matching(ctx context.Context, part string) ([]limitUser, error) {
	return l.users(ctx, limitColumns+`WHERE account_id = $1 AND search LIKE $2 ORDER BY login_key, id LIMIT 51`, l.account, "%"+part+"%")
}

func (l *postgresLimit) one(ctx context.Context, id string) ([]limitUser, error) {
	return l.users(ctx, limitOne, l.account, id)
}

func (l *postgresLimit) users(ctx context.Context, statement string, args ...any) ([]limitUser, error) {
	rows, err := l.pool.Query(ctx, statement, args...)
	if err != nil {
		return nil, err
	}
	return pgx.AppendRows(make([]limitUser, 0, 51), rows, func(row pgx.CollectableRow) (user limitUser, err error) {
		return user, row.Scan(user.into()...)
	})
}

const anyOf = `= ANY ($1)`

var limitHeld = [3]string{fmt.Sprintf(limitRoles, anyOf), fmt.Sprintf(limitLists, anyOf), fmt.Sprintf(limitPoints, anyOf)}

func (l *postgresLimit) held(ctx context.Context, users []string) (all [3]map[string][]held, err error) {
	batch := &pgx.Batch{}
	for i, statement := range limitHeld {
		batch.Queue(statement, users).Query(func(rows pgx.Rows) (err error) {
			all[i], err = gather(rows, len(users))
			return err
		})
	}
	return all, l.pool.SendBatch(ctx, batch).Close()
}

func (l *postgresLimit) entries(ctx context.Context, lists []string) (map[string][]held, error) {
	rows, err := l.pool.Query(ctx, fmt.Sprintf(limitEntries, anyOf), lists)
	if err != nil {
		return nil, err
	}
	return gather(rows, len(lists))
}

func gather(rows pgx.Rows, owners int) (map[string][]held, error) {
	defer rows.Close()
	found := make(map[string][]held, owners)
	for rows.Next() {
		var owner string
		var one held
		if err := rows.Scan(&owner, &one.id, &one.name); err != nil {
			return nil, err
		}
		found[owner] = append(found[owner], one)
	}
	return found, rows.Err()
}
