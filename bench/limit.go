package main

import (
	"context"
	"database/sql"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"strings"
	"time"

	_ "modernc.org/sqlite" // the driver
)

// limit is what lists and single users are compared with: a program that answers the same bytes from the same database as
// one writes it by hand, with prepared statements over the same driver, and asks nobody who they are.
type limit struct {
	account                             string
	page, user                          *sql.Stmt
	roles, points, whitelists, prefixes *sql.Stmt
}

const limitColumns = `SELECT id, kind, login_name, name, email, language, status, created_at FROM users `

func serveLimit(listen, file string) error {
	database, err := sql.Open("sqlite", "file:"+file+"?mode=ro&_pragma=busy_timeout(5000)")
	if err != nil {
		return err
	}
	database.SetMaxOpenConns(8)
	database.SetMaxIdleConns(8)
	l := &limit{}
	if err := database.QueryRow(`SELECT account_id FROM access_points WHERE code = 'API'`).Scan(&l.account); err != nil {
		return err
	}
	for into, text := range map[**sql.Stmt]string{
		&l.page: limitColumns + `WHERE account_id = ? AND (login_key, id) > (?, ?) ORDER BY login_key, id LIMIT 51`,
		&l.user: limitColumns + `WHERE account_id = ? AND id = ?`,
		&l.roles: `SELECT user_id, r.id, r.name FROM user_roles JOIN roles AS r ON r.id = role_id
			WHERE user_id IN (SELECT value FROM json_each(?)) ORDER BY r.sort_key, r.id`,
		&l.whitelists: `SELECT user_id, w.id, w.name FROM user_whitelists JOIN whitelists AS w ON w.id = whitelist_id
			WHERE user_id IN (SELECT value FROM json_each(?)) ORDER BY w.name_key`,
		&l.prefixes: `SELECT whitelist_id, prefix, note FROM whitelist_entries
			WHERE whitelist_id IN (SELECT value FROM json_each(?)) ORDER BY whitelist_id, position`,
		&l.points: `SELECT user_id, p.code, '' FROM user_access_points JOIN access_points AS p ON p.id = access_point_id
			WHERE user_id IN (SELECT value FROM json_each(?)) ORDER BY p.built_in DESC, p.code`,
	} {
		if *into, err = database.Prepare(text); err != nil {
			return err
		}
	}
	server := &http.Server{Addr: listen, Handler: l, ReadHeaderTimeout: 10 * time.Second}
	return server.ListenAndServe()
}

func (l *limit) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	var asked struct {
		Query     string
		Variables struct{ After, ID string }
	}
	body, err := io.ReadAll(r.Body)
	if err == nil {
		err = json.Unmarshal(body, &asked)
	}
	var answer []byte
	switch {
	case err != nil:
	case asked.Variables.ID != "":
		answer, err = l.one(r.Context(), asked.Variables.ID)
	default:
		answer, err = l.list(r.Context(), asked.Variables.After)
	}
	if err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	_, _ = w.Write(answer)
}

// limitUser is a row of users.
type limitUser struct {
	id, kind, loginName, name, email, language, status string
	createdAt                                          int64
}

func (u *limitUser) into() []any {
	return []any{&u.id, &u.kind, &u.loginName, &u.name, &u.email, &u.language, &u.status, &u.createdAt}
}

func (l *limit) list(ctx context.Context, after string) ([]byte, error) {
	raw, err := base64.RawURLEncoding.DecodeString(after)
	if err != nil {
		return nil, err
	}
	key, id, _ := strings.Cut(string(raw), "\x00")
	rows, err := l.page.QueryContext(ctx, l.account, key, id)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	users := make([]limitUser, 0, 51)
	for rows.Next() {
		users = append(users, limitUser{})
		if err := rows.Scan(users[len(users)-1].into()...); err != nil {
			return nil, err
		}
	}
	if err := rows.Err(); err != nil {
		return nil, err
	}
	more := len(users) > 50
	users = users[:min(50, len(users))]
	b := append(make([]byte, 0, 32<<10), `{"data":{"users":{"nodes":[`...)
	if b, err = l.write(ctx, b, users); err != nil {
		return nil, err
	}
	last := users[len(users)-1]
	cursor := base64.RawURLEncoding.EncodeToString([]byte(last.loginName + "\x00" + last.id))
	return fmt.Appendf(b, `],"pageInfo":{"hasNextPage":%t,"endCursor":"%s"}}}}`+"\n", more, cursor), nil
}

func (l *limit) one(ctx context.Context, id string) ([]byte, error) {
	var user limitUser
	if err := l.user.QueryRowContext(ctx, l.account, id).Scan(user.into()...); err != nil {
		return nil, err
	}
	b, err := l.write(ctx, append(make([]byte, 0, 1<<10), `{"data":{"user":`...), []limitUser{user})
	return append(b, "}}\n"...), err
}

// held is what somebody has: an ID or code, and a name.
type held struct{ id, name string }

func (l *limit) held(ctx context.Context, statement *sql.Stmt, ids []string) (map[string][]held, error) {
	list := `["` + strings.Join(ids, `","`) + `"]`
	rows, err := statement.QueryContext(ctx, list)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	found := make(map[string][]held, len(ids))
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

func (l *limit) write(ctx context.Context, b []byte, users []limitUser) ([]byte, error) {
	ids := make([]string, len(users))
	for i, user := range users {
		ids[i] = user.id
	}
	var all [4]map[string][]held
	for i, statement := range []*sql.Stmt{l.roles, l.whitelists, l.points} {
		var err error
		if all[i], err = l.held(ctx, statement, ids); err != nil {
			return nil, err
		}
	}
	var lists []string
	seen := map[string]bool{}
	for _, id := range ids {
		for _, list := range all[1][id] {
			if !seen[list.id] {
				seen[list.id] = true
				lists = append(lists, list.id)
			}
		}
	}
	if len(lists) > 0 {
		var err error
		if all[3], err = l.held(ctx, l.prefixes, lists); err != nil {
			return nil, err
		}
	}
	for i, user := range users {
		if i > 0 {
			b = append(b, ',')
		}
		b = append(append(append(b, `{"id":"`...), user.id...), `","kind":"`...)
		b = append(append(append(b, user.kind...), `","loginName":"`...), user.loginName...)
		b = append(append(append(b, `","name":"`...), user.name...), `","email":"`...)
		b = append(append(append(b, user.email...), `","language":"`...), user.language...)
		b = append(append(append(b, `","status":"`...), user.status...), `","createdAt":"`...)
		b = time.UnixMilli(user.createdAt).UTC().AppendFormat(b, "2006-01-02T15:04:05.000Z")
		b = appendHeld(append(b, `","roles":[`...), all[0][user.id], `{"id":"`, `","name":"`, nil)
		b = appendHeld(append(b, `],"whitelists":[`...), all[1][user.id], `{"id":"`, `","name":"`, func(b []byte, id string) []byte {
			return append(appendHeld(append(b, `,"entries":[`...), all[3][id], `{"cidr":"`, `","note":"`, nil), ']')
		})
		b = append(b, `],"accessPoints":[`...)
		for n, point := range all[2][user.id] {
			if n > 0 {
				b = append(b, ',')
			}
			b = append(append(append(b, `{"code":"`...), point.id...), `"}`...)
		}
		b = append(b, "]}"...)
	}
	return b, nil
}

func appendHeld(b []byte, all []held, before, between string, more func([]byte, string) []byte) []byte {
	for i, one := range all {
		if i > 0 {
			b = append(b, ',')
		}
		b = append(append(append(append(append(b, before...), one.id...), between...), one.name...), '"')
		if more != nil {
			b = more(b, one.id)
		}
		b = append(b, '}')
	}
	return b
}

// startLimit runs the limit in a process of its own.
func startLimit(ctx context.Context, file string) (url string, pid int, stop func() error, err error) {
	address, err := freeAddress(ctx)
	if err != nil {
		return "", 0, nil, err
	}
	return startSelf(ctx, address, func() error { return nil }, "--limit", address, "--database", file)
}

// startSelf runs this program as one of its servers.
func startSelf(ctx context.Context, address string, clean func() error, args ...string) (url string, pid int, stop func() error, err error) {
	self, err := os.Executable()
	if err != nil {
		return "", 0, nil, err
	}
	process := exec.CommandContext(ctx, self, args...)
	process.Stderr = os.Stderr
	if err := process.Start(); err != nil {
		return "", 0, nil, err
	}
	stop = func() error {
		_ = process.Process.Kill()
		_ = process.Wait()
		return clean()
	}
	for deadline := time.Now().Add(10 * time.Second); time.Now().Before(deadline); time.Sleep(10 * time.Millisecond) {
		request, err := http.NewRequestWithContext(ctx, http.MethodPost, "http://"+address, http.NoBody)
		if err != nil {
			return "", 0, nil, err
		}
		if response, err := http.DefaultClient.Do(request); err == nil {
			return "http://" + address, process.Process.Pid, stop, response.Body.Close()
		}
	}
	return "", 0, nil, fmt.Errorf("nothing listens on %s: %w", address, stop())
}
