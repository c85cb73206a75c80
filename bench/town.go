package main

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"strings"

	_ "modernc.org/sqlite" // the driver

	"github.com/gatehouse/gatehouse/internal/secret"
	"github.com/gatehouse/gatehouse/internal/typeid"
)

// town is an account of any size, written straight into the database of a server that does not run: a million users are
// there in a minute. Its users are programs with two of fifty roles each; one in three has a whitelist with the loopback in
// it.
type town struct {
	keys    []string // of the first users, one each
	service string   // what the service behind API shows
}

const (
	townRoles      = 50
	townWhitelists = 20
)

// build fills the account of a data folder.
func (t *town) build(ctx context.Context, data string, users, keys int) (err error) {
	database, err := sql.Open("sqlite", "file:"+filepath.Join(data, "gatehouse.db")+"?_pragma=foreign_keys(0)&_pragma=synchronous(OFF)")
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, database.Close()) }()
	tx, err := database.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	w := &townWriter{ctx: ctx, tx: tx, town: t, random: rand.New(rand.NewPCG(20, 26))}
	if err := errors.Join(w.prepare(), w.shared(), w.users(users, keys)); err != nil {
		return errors.Join(err, tx.Rollback())
	}
	return tx.Commit()
}

type townWriter struct {
	*town
	ctx               context.Context
	tx                *sql.Tx
	random            *rand.Rand
	account, api      string
	roles, whitelists []string

	user, role, point, list, key, keyPoint *sql.Stmt
}

func (w *townWriter) prepare() error {
	for _, statement := range []struct {
		into **sql.Stmt
		sql  string
	}{
		{&w.user, `INSERT INTO users (id, account_id, kind, login_name, login_key, name, name_key, email, email_key, search, language, status, password_hash,
			mfa_forced, last_sign_in_at, created_at, updated_at, revision) VALUES (?1, ?2, 'API', ?3, ?3, ?3, ?3, ?4, ?4, ?3, 'EN', 'ACTIVE', '', 1, 0, 1, 1, 1)`},
		{&w.role, `INSERT INTO user_roles VALUES (?, ?)`},
		{&w.point, `INSERT INTO user_access_points VALUES (?, ?)`},
		{&w.list, `INSERT INTO user_whitelists VALUES (?, ?)`},
		{&w.key, `INSERT INTO api_keys (id, key_hash, account_id, user_id, hint, description, restricted, permissions, created_at, expires_at, last_used_at,
			last_used_ip, revoked_at, warned_days, revision) VALUES (?, ?, ?, ?, '', 'bench', 0, '', 1, 0, 0, '', 0, 0, 1)`},
		{&w.keyPoint, `INSERT INTO api_key_access_points VALUES (?, ?)`},
	} {
		prepared, err := w.tx.PrepareContext(w.ctx, statement.sql)
		if err != nil {
			return err
		}
		*statement.into = prepared
	}
	return nil
}

// shared writes what the users have in common.
func (w *townWriter) shared() error {
	err := w.tx.QueryRowContext(w.ctx, `SELECT account_id, id FROM access_points WHERE code = 'API'`).Scan(&w.account, &w.api)
	if err != nil {
		return err
	}
	service := secret.NewShown(secret.ServiceSecret)
	w.service = string(service)
	if _, err := w.tx.ExecContext(w.ctx, `UPDATE access_points SET secret_hash = ?, secret_rotated_at = 1 WHERE id = ?`, service.Hash(), w.api); err != nil {
		return err
	}
	for i := range townRoles {
		id, name := string(typeid.New("role")), fmt.Sprint("bench ", i)
		w.roles = append(w.roles, id)
		_, err := w.tx.ExecContext(w.ctx, `INSERT INTO roles VALUES (?1, ?2, 'CUSTOM', ?3, ?3, ?3, '', ?3, ' UPDATE_DOMAIN VIEW_DOMAIN VIEW_PROCESS VIEW_ROLE VIEW_USER VIEW_WHITELIST ', 1, 1, 1)`, id, w.account, name)
		if err != nil {
			return err
		}
	}
	for i := range townWhitelists {
		id, name := string(typeid.New("wl")), fmt.Sprint("bench ", i)
		w.whitelists = append(w.whitelists, id)
		_, err := w.tx.ExecContext(w.ctx, `INSERT INTO whitelists VALUES (?1, ?2, ?3, ?3, ?3, 1, 1, 1)`, id, w.account, name)
		if err != nil {
			return err
		}
		_, err = w.tx.ExecContext(w.ctx, `INSERT INTO whitelist_entries VALUES (?, 0, '127.0.0.0/8', '', ?, ?)`, id,
			strings.Repeat("0", 20)+"ffff7f000000", strings.Repeat("0", 20)+"ffff7fffffff")
		if err != nil {
			return err
		}
	}
	return nil
}

func (w *townWriter) users(users, keys int) error {
	for i := range users {
		id, name := string(typeid.New("user")), fmt.Sprintf("program-%07d", i)
		first := w.random.IntN(townRoles)
		second := (first + 1 + w.random.IntN(townRoles-1)) % townRoles
		steps := []func() (sql.Result, error){
			func() (sql.Result, error) {
				return w.user.ExecContext(w.ctx, id, w.account, name, name+"@bench.example")
			},
			func() (sql.Result, error) { return w.role.ExecContext(w.ctx, id, w.roles[first]) },
			func() (sql.Result, error) { return w.role.ExecContext(w.ctx, id, w.roles[second]) },
			func() (sql.Result, error) { return w.point.ExecContext(w.ctx, id, w.api) },
		}
		if w.random.IntN(10) < 3 {
			list := w.whitelists[w.random.IntN(townWhitelists)]
			steps = append(steps, func() (sql.Result, error) { return w.list.ExecContext(w.ctx, id, list) })
		}
		if i < keys {
			text, keyID := secret.NewShown(secret.APIKey), string(typeid.New("key"))
			w.keys = append(w.keys, string(text))
			steps = append(steps,
				func() (sql.Result, error) { return w.key.ExecContext(w.ctx, keyID, text.Hash(), w.account, id) },
				func() (sql.Result, error) { return w.keyPoint.ExecContext(w.ctx, keyID, w.api) })
		}
		for _, step := range steps {
			if _, err := step(); err != nil {
				return err
			}
		}
	}
	_, err := w.tx.ExecContext(w.ctx, `UPDATE accounts SET user_count = user_count + ? WHERE id = ?`, users, w.account)
	return err
}
