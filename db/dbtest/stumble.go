package dbtest

import (
	"context"
	"os"
	"testing"

	"github.com/jackc/pgx/v5"
)

// StumbleVariable names the environment variable that has every PostgreSQL database of a test [Stumble].
const StumbleVariable = "GATEHOUSE_TEST_STUMBLE"

// Stumble has a PostgreSQL database end every second transaction at its commit, in turn as a serialization failure and as a
// deadlock: what is right however often transactions are run again comes out the same. Transactions that write at the same
// time as others are spared, or chance would now and then end one too often. On SQLite nothing is ever run again.
func Stumble(t testing.TB, address string) {
	t.Helper()
	if err := stumble(address); err != nil {
		t.Fatal(err)
	}
}

func stumble(address string) error {
	ctx := context.Background()
	conn, err := pgx.Connect(ctx, address)
	if err != nil {
		return err
	}
	defer conn.Close(ctx)
	_, err = conn.Exec(ctx, `
		CREATE SEQUENCE stumbles;
		CREATE FUNCTION stumble() RETURNS trigger LANGUAGE plpgsql AS $$
		DECLARE number bigint;
		BEGIN
			IF coalesce(current_setting('stumble.passed', true), '') = txid_current()::text THEN
				RETURN NULL;
			END IF;
			PERFORM set_config('stumble.passed', txid_current()::text, true);
			IF (SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND backend_xid IS NOT NULL) > 1 THEN
				RETURN NULL;
			END IF;
			number := nextval('stumbles');
			IF number % 4 = 1 THEN
				RAISE EXCEPTION 'stumbled' USING ERRCODE = 'serialization_failure';
			ELSIF number % 4 = 3 THEN
				RAISE EXCEPTION 'stumbled' USING ERRCODE = 'deadlock_detected';
			END IF;
			RETURN NULL;
		END $$;
		DO $$
		DECLARE name text;
		BEGIN
			FOR name IN SELECT tablename FROM pg_tables WHERE schemaname = current_schema() AND tablename <> 'schema_migrations' LOOP
				EXECUTE format('CREATE CONSTRAINT TRIGGER stumble AFTER INSERT OR UPDATE OR DELETE ON %I
					DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION stumble()', name);
			END LOOP;
		END $$`)
	return err
}

// stumbling says whether every database stumbles.
func stumbling() bool { return os.Getenv(StumbleVariable) != "" }

// Postgres returns the address of a new, migrated PostgreSQL database, and skips the test where there is no server.
func Postgres(t testing.TB) string {
	t.Helper()
	make, ok := Addresses(t)["postgres"]
	if !ok {
		t.Skip(PostgresVariable + " is not set")
	}
	return make(t)
}
