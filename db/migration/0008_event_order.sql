-- The time of the last event of each account. Who records events of an account takes the row until the commit, so that the
-- order by time and ID is that of the commits.
CREATE TABLE audit_heads (
  account_id {{key}} PRIMARY KEY REFERENCES accounts (id),
  at bigint NOT NULL
);
INSERT INTO audit_heads (account_id, at) SELECT account_id, max(at) FROM audit_events GROUP BY account_id;
