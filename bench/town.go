package main

import (
	"cmp"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"math/rand/v2"
	"net/netip"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"github.com/jackc/pgx/v5"
	_ "github.com/jackc/pgx/v5/stdlib" // the driver for PostgreSQL
	_ "modernc.org/sqlite"             // the driver for SQLite

	"github.com/gatehouse/gatehouse/internal/secret"
	"github.com/gatehouse/gatehouse/internal/typeid"
)

// town is a running server with an account of any size: the users of `gatehouse account create --demo-users`, of whose
// programs some have keys.
type town struct {
	*gatehouse
	users   int
	keys    []key
	service string  // what the service behind the access point for programs shows
	sample  []place // users from all over the account, by login name

	driver, source string // of its database
	remove         func() error
}

// key is an API key, and an address from which it may come.
type key struct{ text, ip string }

// place is where a user stands in the list by login name.
type place struct{ id, loginKey string }

// towns are the accounts that benchmarks measure, of BENCH_USERS with BENCH_KEYS keys: one on each database, since filling
// them takes longer than most of what is measured.
type towns map[string]*town

// on returns the town on a database: the address of a PostgreSQL server; empty: SQLite. Its server has just started.
func (all towns) on(ctx context.Context, program, postgres string) (t *town, err error) {
	if t = all[postgres]; t != nil {
		return t, errors.Join(t.end(), t.serve(ctx))
	}
	users := size("BENCH_USERS", 1_000_000)
	if t, err = startTown(ctx, program, postgres, users, min(size("BENCH_KEYS", 100_000), users/5)); err == nil {
		all[postgres] = t
	}
	return t, err
}

// stop ends all of them.
func (all towns) stop() (err error) {
	for _, t := range all {
		err = errors.Join(err, t.stop())
	}
	return err
}

// startTown fills an account on a database of its own, and starts a server on it. postgres is the address of a PostgreSQL
// server; empty: SQLite.
func startTown(ctx context.Context, program, postgres string, users, keys int) (_ *town, err error) {
	t := &town{users: users, remove: func() error { return nil }}
	if t.gatehouse, err = prepare(ctx, program); err != nil {
		return nil, err
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, os.RemoveAll(t.data), t.remove())
		}
	}()
	t.driver, t.source = "sqlite", "file:"+filepath.Join(t.data, "gatehouse.db")
	if postgres != "" {
		if err := t.useDatabaseOf(ctx, postgres); err != nil {
			return nil, err
		}
	}
	err = t.command(ctx, made()+"\n", "account", "create", "--handle", "bench", "--name", "Bench", "--email", "a@bench.example",
		"--password-stdin", "--demo-users", strconv.Itoa(users))
	if err == nil {
		err = t.open(ctx, func(database *sql.DB) error {
			return errors.Join(t.issue(ctx, database, keys), t.draw(ctx, database), t.settle(ctx, database))
		})
	}
	if err == nil {
		err = t.serve(ctx)
	}
	return t, err
}

// useDatabaseOf makes a database for the town alone.
func (t *town) useDatabaseOf(ctx context.Context, postgres string) error {
	name := "bench_" + made()
	administer := func(statement string) error {
		connection, err := pgx.Connect(context.WithoutCancel(ctx), postgres)
		if err != nil {
			return err
		}
		_, err = connection.Exec(context.WithoutCancel(ctx), statement+name)
		return errors.Join(err, connection.Close(context.WithoutCancel(ctx)))
	}
	if err := administer("CREATE DATABASE "); err != nil {
		return err
	}
	t.remove = func() error { return administer("DROP DATABASE ") }
	address, err := url.Parse(postgres)
	if err != nil {
		return err
	}
	address.Path = "/" + name
	t.driver, t.source = "pgx", address.String()
	t.gatehouse.database = t.source
	return nil
}

func (t *town) stop() error { return errors.Join(t.gatehouse.stop(), t.remove()) }

// open hands the town's database to somebody.
func (t *town) open(ctx context.Context, do func(*sql.DB) error) error {
	database, err := sql.Open(t.driver, t.source)
	if err != nil {
		return err
	}
	database.SetMaxOpenConns(1)
	return errors.Join(do(database), database.Close())
}

// numbered writes the parameters of a statement as PostgreSQL wants them; SQLite takes them, too.
func numbered(statement string) string {
	for n := 1; strings.Contains(statement, "?"); n++ {
		statement = strings.Replace(statement, "?", "$"+strconv.Itoa(n), 1)
	}
	return statement
}

// issue writes keys of as many programs, and a secret of the service behind their access point, straight into the database:
// through the server each would be a request of its own.
func (t *town) issue(ctx context.Context, database *sql.DB, keys int) error {
	tx, err := database.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	if err := t.issueIn(ctx, tx, keys); err != nil {
		return errors.Join(err, tx.Rollback())
	}
	return tx.Commit()
}

func (t *town) issueIn(ctx context.Context, tx *sql.Tx, keys int) error {
	var account, api string
	if err := tx.QueryRowContext(ctx, `SELECT account_id, id FROM access_points WHERE code = 'API'`).Scan(&account, &api); err != nil {
		return err
	}
	service := secret.NewShown(secret.ServiceSecret)
	t.service = string(service)
	_, err := tx.ExecContext(ctx, numbered(`UPDATE access_points SET secret_hash = ?, secret_rotated_at = 1 WHERE id = ?`), service.Hash(), api)
	if err != nil {
		return err
	}
	owners, err := programs(ctx, tx, keys)
	if err != nil {
		return err
	}
	insert, err := tx.PrepareContext(ctx, numbered(`INSERT INTO api_keys (id, key_hash, account_id, user_id, hint, description, restricted, permissions,
		created_at, expires_at, last_used_at, last_used_ip, revoked_at, warned_days, revision) VALUES (?, ?, ?, ?, '', 'bench', false, '', 1, 0, 0, '', 0, 0, 1)`))
	if err != nil {
		return err
	}
	point, err := tx.PrepareContext(ctx, numbered(`INSERT INTO api_key_access_points VALUES (?, ?)`))
	if err != nil {
		return err
	}
	for _, owner := range owners {
		text, id := secret.NewShown(secret.APIKey), string(typeid.New("key"))
		if _, err := insert.ExecContext(ctx, id, text.Hash(), account, owner.user); err != nil {
			return err
		}
		if _, err := point.ExecContext(ctx, id, api); err != nil {
			return err
		}
		t.keys = append(t.keys, key{string(text), owner.ip})
	}
	return nil
}

// program is a user for a program, and an address from which it may come.
type program struct{ user, ip string }

func programs(ctx context.Context, tx *sql.Tx, most int) (found []program, err error) {
	rows, err := tx.QueryContext(ctx, numbered(`SELECT u.id, coalesce((SELECT min(prefix) FROM user_whitelists AS l JOIN whitelist_entries AS e
		ON e.whitelist_id = l.whitelist_id WHERE l.user_id = u.id), '203.0.113.0/24') FROM users AS u WHERE kind = 'API' ORDER BY u.id LIMIT ?`), most)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, rows.Close()) }()
	for rows.Next() {
		var one program
		var text string
		if err := rows.Scan(&one.user, &text); err != nil {
			return nil, err
		}
		network, err := netip.ParsePrefix(text)
		if err != nil {
			return nil, err
		}
		one.ip = network.Addr().Next().String()
		found = append(found, one)
	}
	return found, rows.Err()
}

// draw keeps one user in ten.
func (t *town) draw(ctx context.Context, database *sql.DB) (err error) {
	rows, err := database.QueryContext(ctx, `SELECT id, login_key FROM users WHERE email_key LIKE '%@crowd.example'`)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, rows.Close()) }()
	for rows.Next() {
		var one place
		if err := rows.Scan(&one.id, &one.loginKey); err != nil {
			return err
		}
		if rand.IntN(10) == 0 {
			t.sample = append(t.sample, one)
		}
	}
	slices.SortFunc(t.sample, func(a, b place) int { return cmp.Compare(a.loginKey, b.loginKey) })
	return rows.Err()
}

// settle does at once what PostgreSQL does by itself some minutes after so many rows have come.
func (t *town) settle(ctx context.Context, database *sql.DB) error {
	if t.driver != "pgx" {
		return nil
	}
	_, err := database.ExecContext(ctx, "VACUUM ANALYZE")
	return err
}

// walk has everything shown once, page by page: from then on what users hold is in memory. It tells how many pages came in a
// second.
func (t *town) walk(ctx context.Context) (perSecond float64, err error) {
	var beginnings []place
	for i := 0; i < len(t.sample); i += 4 { // one in ten is in the sample, so that pages of fifty overlap a little
		beginnings = append(beginnings, t.sample[i])
	}
	rand.Shuffle(len(beginnings), func(i, j int) { beginnings[i], beginnings[j] = beginnings[j], beginnings[i] })
	asked := load{url: t.url, connections: connections, check: found}
	return once(ctx, asked, beginnings, func(p place) []byte {
		return t.graphQL(t.url, pageOf50, map[string]string{"after": cursorOf(p)}, rand.New(rand.NewPCG(rand.Uint64(), rand.Uint64())))
	})
}

// someone is a user at random.
func (t *town) someone(random *rand.Rand) place { return t.sample[random.IntN(len(t.sample))] }

// request is the bytes of a request with JSON in it. who is the header that says who asks; empty: nobody.
func request(url, path, who, from, body string) []byte {
	if who != "" {
		who += "\r\n"
	}
	return fmt.Appendf(nil, "POST %s HTTP/1.1\r\nHost: %s\r\n%sX-Forwarded-For: %s\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%s",
		path, strings.TrimPrefix(url, "http://"), who, from, len(body), body)
}

// databasePIDs are the processes of the database, where it is another program.
func (t *town) databasePIDs(ctx context.Context) (pids []int, err error) {
	if t.driver != "pgx" {
		return nil, nil
	}
	err = t.open(ctx, func(database *sql.DB) error {
		var backend int
		if err := database.QueryRowContext(ctx, "SELECT pg_backend_pid()").Scan(&backend); err != nil {
			return err
		}
		parent, err := strconv.Atoi(stat(backend)[1])
		pids = []int{parent}
		return err
	})
	return pids, err
}
