package db_test

import (
	"errors"
	"fmt"
	"net/netip"
	"testing"

	"github.com/gatehouse/gatehouse/db"
	"github.com/gatehouse/gatehouse/internal/typeid"
)

// filled is a large account, with what many and what few of its users have.
type filled struct {
	account            *db.Account
	user               typeid.ID
	common, rare, list typeid.ID
}

// fill writes an account of so many users, with an event and a key each, in a few statements. Everybody has the common role;
// one user in a thousand has the rare one, has the whitelist list, is invited, or is a program.
func fill(t *testing.T, store *db.DB, users int) filled {
	t.Helper()
	ctx := t.Context()
	f := filled{
		account: &db.Account{ID: typeid.New("account"), Handle: "acme", Name: "Acme"},
		common:  typeid.New("role"), rare: typeid.New("role"), list: typeid.New("wl"), user: "user_0000000000000000000000007",
	}
	everywhere := typeid.New("wl")
	err := store.Touch(ctx, func(tx *db.Tx) error {
		err := tx.CreateAccount(ctx, f.account)
		for i, id := range []typeid.ID{f.common, f.rare} {
			err = errors.Join(err, tx.CreateRole(ctx, &db.Role{ID: id, AccountID: f.account.ID, Kind: db.CustomRole, Name: fmt.Sprint("Role ", i)}))
		}
		prefix := db.Prefix{Prefix: netip.MustParsePrefix("192.0.2.0/24")}
		for i, id := range []typeid.ID{f.list, everywhere} {
			list := &db.Whitelist{ID: id, AccountID: f.account.ID, Name: fmt.Sprint("List ", i)}
			err = errors.Join(err, tx.CreateWhitelist(ctx, list, []*db.WhitelistEntry{{Prefix: prefix}}))
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	numbers := fmt.Sprintf(`WITH RECURSIVE numbers (n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM numbers WHERE n < %d),
		padded (n, p) AS (SELECT n, substr('0000000' || n, length('0000000' || n) - 6) FROM numbers),
		named (n, p, name) AS (SELECT n, p, CASE WHEN n * 31 %% 1000 < 10 THEN 'jansen ' ELSE 'person ' END || (CAST(n AS bigint) * 7919 %% 1000003) FROM padded)`, users-1)
	for _, statement := range []string{
		`INSERT INTO users (id, account_id, kind, login_name, login_key, name, name_key, email, email_key, email_sort, search, language, status, password_hash,
			mfa_forced, last_sign_in_at, created_at, updated_at, revision) ` + numbers + ` SELECT 'user_000000000000000000' || p, '` + string(f.account.ID) + `',
			CASE WHEN n % 1000 = 7 THEN 'API' ELSE 'PERSONAL' END, 'user-' || p, 'user-' || p, name, name, p || '@acme.example', p || '@acme.example', p || '@acme.example',
			'user-' || p || '
' || name || '
' || p || '@acme.example', 'EN', CASE WHEN n % 1000 = 11 THEN 'INVITED' ELSE 'ACTIVE' END, '', false,
			CASE WHEN n % 1000 = 11 THEN 0 ELSE n * 17 % 90000 + 5 END, n / 3, 1, 1 FROM named`,
		`INSERT INTO user_roles (user_id, role_id) SELECT id, '` + string(f.common) + `' FROM users`,
		`INSERT INTO user_roles (user_id, role_id) SELECT id, '` + string(f.rare) + `' FROM users WHERE id LIKE '%013'`,
		`INSERT INTO user_whitelists (user_id, whitelist_id) SELECT id, '` + string(f.list) + `' FROM users WHERE id LIKE '%015'`,
		`INSERT INTO user_whitelists (user_id, whitelist_id) SELECT id, '` + string(everywhere) + `' FROM users`,
		`INSERT INTO audit_events (id, account_id, at, action, outcome, actor_id, actor_name, access_point, ip, target_id, target_name, reason, changes)
			SELECT 'event_' || substr(id, 6), account_id, created_at, CASE WHEN kind = 'API' THEN 'role.update' ELSE 'session.signIn' END,
			CASE WHEN status = 'INVITED' THEN 'DENIED' ELSE 'SUCCEEDED' END, id, '', '', '', id, '', '', 'null' FROM users`,
		`INSERT INTO api_keys (id, key_hash, account_id, user_id, hint, description, restricted, permissions, created_at, expires_at, last_used_at,
			last_used_ip, revoked_at, warned_days, revision)
			SELECT 'key_' || substr(id, 6), ` + hash(t) + `, account_id, id, '', '', false, '', created_at, 0, 0, '', 0, 0, 1 FROM users`,
		`INSERT INTO throttles (throttle_key, failures, began_at, until, updated_at) SELECT 'name:acme/' || login_key, 9, 1, 99, 1 FROM users WHERE id LIKE '%0013'`,
		`INSERT INTO totp_methods (id, user_id, name, secret, last_step, created_at, last_used_at)
			SELECT 'totp_' || substr(id, 6), id, '', ` + hash(t) + `, 0, 1, 0 FROM users WHERE id LIKE '%0017'`,
		`INSERT INTO passkeys (id, user_id, name, credential_id, public_key, aaguid, transports, sign_count, backup_eligible, backed_up, created_at, last_used_at)
			SELECT 'passkey_' || substr(id, 6), id, '', ` + hash(t) + `, ` + hash(t) + `, ` + hash(t) + `, 'null', 0, false, false, 1, 0 FROM users WHERE id LIKE '%0019'`,
		fmt.Sprintf("UPDATE accounts SET user_count = %d", users),
		"ANALYZE",
	} {
		if err := store.Exec(ctx, statement); err != nil {
			t.Fatalf("%v: %s", err, statement)
		}
	}
	f.account.UserCount = users
	return f
}

// hash writes an expression for the bytes of an ID as the test's database has it.
func hash(t *testing.T) string {
	if t.Name()[len(t.Name())-len("postgres"):] == "postgres" {
		return "convert_to(id, 'UTF8')"
	}
	return "CAST(id AS blob)"
}
