package main

import (
	"context"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"strings"
	"time"
)

// limit is what lists and single users are compared with: a program that answers the same bytes from the same database as
// one writes it by hand, with prepared statements over the same driver, and asks nobody who they are.
type limit struct{ source limitSource }

// limitSource reads what the limit answers. Pages have one user more than fifty, if there is one.
type limitSource interface {
	after(ctx context.Context, loginKey, id string) ([]limitUser, error)
	matching(ctx context.Context, part string) ([]limitUser, error)
	one(ctx context.Context, id string) ([]limitUser, error)
	// held are the roles, whitelists and access points of users, by user.
	held(ctx context.Context, users []string) ([3]map[string][]held, error)
	// entries are those of whitelists, by list.
	entries(ctx context.Context, lists []string) (map[string][]held, error)
}

// held is what somebody has: an ID, prefix or code, and a name or note.
type held struct{ id, name string }

// limitUser is a row of users.
type limitUser struct {
	id, kind, loginName, name, email, language, status string
	createdAt                                          int64
	loginKey                                           string
}

func (u *limitUser) into() []any {
	return []any{&u.id, &u.kind, &u.loginName, &u.name, &u.email, &u.language, &u.status, &u.createdAt, &u.loginKey}
}

// The statements, in the words that both databases understand; %s stands for a list of IDs.
const (
	limitColumns = `SELECT id, kind, login_name, name, email, language, status, created_at, login_key FROM users `
	limitAfter   = limitColumns + `WHERE account_id = $1 AND (login_key, id) > ($2, $3) ORDER BY login_key, id LIMIT 51`
	limitOne     = limitColumns + `WHERE account_id = $1 AND id = $2`
	limitRoles   = `SELECT user_id, r.id, r.name FROM user_roles JOIN roles AS r ON r.id = role_id WHERE user_id %s ORDER BY r.sort_key, r.id`
	limitLists   = `SELECT user_id, w.id, w.name FROM user_whitelists JOIN whitelists AS w ON w.id = whitelist_id WHERE user_id %s ORDER BY w.sort_key, w.id`
	limitPoints  = `SELECT user_id, p.code, '' FROM user_access_points JOIN access_points AS p ON p.id = access_point_id
		WHERE user_id %s ORDER BY p.built_in DESC, p.code`
	limitEntries = `SELECT whitelist_id, prefix, note FROM whitelist_entries WHERE whitelist_id %s ORDER BY whitelist_id, position`
)

func serveLimit(ctx context.Context, listen, driver, source string) error {
	open := openSQLiteLimit
	if driver == "pgx" {
		open = openPostgresLimit
	}
	from, err := open(ctx, source)
	if err != nil {
		return err
	}
	server := &http.Server{Addr: listen, Handler: &limit{from}, ReadHeaderTimeout: 10 * time.Second}
	return server.ListenAndServe()
}

func (l *limit) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	var asked struct {
		Variables struct{ After, ID, Part string }
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
	case asked.Variables.Part != "":
		var users []limitUser
		if users, err = l.source.matching(r.Context(), asked.Variables.Part); err == nil {
			answer, err = l.list(r.Context(), users)
		}
	default:
		answer, err = l.after(r.Context(), asked.Variables.After)
	}
	if err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	_, _ = w.Write(answer)
}

func (l *limit) after(ctx context.Context, cursor string) ([]byte, error) {
	raw, err := base64.RawURLEncoding.DecodeString(cursor)
	if err != nil {
		return nil, err
	}
	loginKey, id, _ := strings.Cut(string(raw), "\x00")
	users, err := l.source.after(ctx, loginKey, id)
	if err != nil {
		return nil, err
	}
	return l.list(ctx, users)
}

func (l *limit) list(ctx context.Context, users []limitUser) ([]byte, error) {
	more := len(users) > 50
	users = users[:min(50, len(users))]
	b, err := l.write(ctx, append(make([]byte, 0, 32<<10), `{"data":{"users":{"nodes":[`...), users)
	if err != nil {
		return nil, err
	}
	last := "null"
	if len(users) > 0 {
		last = `"` + cursorOf(place{users[len(users)-1].id, users[len(users)-1].loginKey}) + `"`
	}
	return fmt.Appendf(b, `],"pageInfo":{"hasNextPage":%t,"endCursor":%s}}}}`+"\n", more, last), nil
}

// cursorOf is the cursor of a place, as the server writes it.
func cursorOf(p place) string {
	return base64.RawURLEncoding.EncodeToString([]byte(p.loginKey + "\x00" + p.id))
}

func (l *limit) one(ctx context.Context, id string) ([]byte, error) {
	users, err := l.source.one(ctx, id)
	if err != nil {
		return nil, err
	}
	b, err := l.write(ctx, append(make([]byte, 0, 1<<10), `{"data":{"user":`...), users)
	return append(b, "}}\n"...), err
}

func (l *limit) write(ctx context.Context, b []byte, users []limitUser) ([]byte, error) {
	ids := make([]string, len(users))
	for i, user := range users {
		ids[i] = user.id
	}
	all, err := l.source.held(ctx, ids)
	if err != nil {
		return nil, err
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
	var entries map[string][]held
	if len(lists) > 0 {
		if entries, err = l.source.entries(ctx, lists); err != nil {
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
			return append(appendHeld(append(b, `,"entries":[`...), entries[id], `{"cidr":"`, `","note":"`, nil), ']')
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
