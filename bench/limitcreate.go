package main

import (
	"context"
	"database/sql"
	"io"
	"net/http"
	"strings"
	"time"

	"github.com/gatehouse/gatehouse/internal/typeid"
)

// creator is what creating a user without a password is compared with: the rows that Gatehouse writes for one, in one
// transaction of prepared statements with its own commit to the disk, and nothing asked or checked.
type creator struct {
	database                                    *sql.DB
	account, role, point                        string
	user, hasRole, hasPoint, count, event, mail *sql.Stmt
}

func serveCreate(ctx context.Context, listen, source string) error {
	database, err := sql.Open("sqlite", source+"?_txlock=immediate&_pragma=journal_mode(WAL)&_pragma=synchronous(FULL)&_pragma=foreign_keys(1)&_pragma=busy_timeout(5000)")
	if err != nil {
		return err
	}
	database.SetMaxOpenConns(1)
	c := &creator{database: database}
	err = database.QueryRowContext(ctx, `SELECT a.id, r.id, p.id FROM accounts AS a JOIN roles AS r ON r.account_id = a.id AND r.kind = 'ALL'
		JOIN access_points AS p ON p.account_id = a.id AND p.code = 'WEB'`).Scan(&c.account, &c.role, &c.point)
	if err != nil {
		return err
	}
	for into, text := range map[**sql.Stmt]string{
		&c.user: `INSERT INTO users (id, account_id, kind, login_name, login_key, name, name_key, email, email_key, search, language, status, password_hash,
			mfa_forced, whitelists_report_only, last_sign_in_at, created_at, created_by, updated_at, revision)
			VALUES (?1, ?2, 'PERSONAL', ?3, ?3, ?3, ?3, ?4, ?4, ?3 || char(10) || ?3 || char(10) || ?4, 'EN', 'INVITED', '', false, false, 0, ?5, NULL, ?5, 1)`,
		&c.hasRole:  `INSERT INTO user_roles VALUES (?, ?)`,
		&c.hasPoint: `INSERT INTO user_access_points VALUES (?, ?)`,
		&c.count:    `UPDATE accounts SET user_count = user_count + 1 WHERE id = ?`,
		&c.event: `INSERT INTO audit_events (id, account_id, at, action, outcome, actor_id, actor_name, access_point, ip, api_key_id, target_id, target_name, reason, changes)
			VALUES (?, ?, ?, 'user.create', 'SUCCEEDED', NULL, 'bench/admin', 'WEB', '198.18.0.1', NULL, ?, ?, '', ?)`,
		&c.mail: `INSERT INTO mails (id, account_id, user_id, kind, recipient, recipient_name, language, subject, text_body, html_body, created_at, due_at, attempts, last_error, sent_at, given_up_at)
			VALUES (?, ?, ?, 'welcome', ?, ?, 'EN', 'Welcome', ?, ?, ?, ?, 0, '', 0, 0)`,
	} {
		if *into, err = database.PrepareContext(ctx, text); err != nil {
			return err
		}
	}
	server := &http.Server{Addr: listen, Handler: c, ReadHeaderTimeout: 10 * time.Second}
	return server.ListenAndServe()
}

func (c *creator) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	name, err := io.ReadAll(r.Body)
	if err == nil {
		err = c.create(r.Context(), string(name))
	}
	if err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
	}
}

// About as long as what Gatehouse writes.
var (
	changesText = "[" + strings.Repeat(`{"field":"loginName","after":"somebody"},`, 9) + "]"
	mailText    = strings.Repeat("You can sign in now. ", 100)
)

func (c *creator) create(ctx context.Context, name string) error {
	tx, err := c.database.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer func() { _ = tx.Rollback() }() // nothing after a commit
	id, now, email := string(typeid.New("user")), time.Now().UnixMilli(), name+"@bench.example"
	for _, write := range []struct {
		statement *sql.Stmt
		args      []any
	}{
		{c.user, []any{id, c.account, name, email, now}},
		{c.hasRole, []any{id, c.role}},
		{c.hasPoint, []any{id, c.point}},
		{c.count, []any{c.account}},
		{c.event, []any{string(typeid.New("event")), c.account, now, id, "bench/" + name, changesText}},
		{c.mail, []any{string(typeid.New("mail")), c.account, id, email, name, mailText, mailText, now, now}},
	} {
		if _, err := tx.StmtContext(ctx, write.statement).ExecContext(ctx, write.args...); err != nil {
			return err
		}
	}
	return tx.Commit()
}
