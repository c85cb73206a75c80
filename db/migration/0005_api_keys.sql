-- API keys, the secrets of the services that ask at the doors, the sessions behind them, and what is seen there.
ALTER TABLE accounts ADD COLUMN api_key_max_lifetime_days bigint NOT NULL DEFAULT 0;
ALTER TABLE users ADD COLUMN whitelists_report_only boolean NOT NULL DEFAULT false;
ALTER TABLE access_points ADD COLUMN whitelists_report_only boolean NOT NULL DEFAULT false;
ALTER TABLE access_points ADD COLUMN secret_hash {{bytes}};
ALTER TABLE access_points ADD COLUMN secret_rotated_at bigint NOT NULL DEFAULT 0;
CREATE UNIQUE INDEX access_points_by_secret ON access_points (secret_hash);
ALTER TABLE audit_events ADD COLUMN api_key_id {{key}};
CREATE INDEX audit_events_by_api_key ON audit_events (account_id, api_key_id, at, id) WHERE api_key_id IS NOT NULL;

CREATE TABLE api_keys (
  id {{key}} PRIMARY KEY,
  key_hash {{bytes}} NOT NULL UNIQUE,
  account_id {{key}} NOT NULL REFERENCES accounts (id),
  user_id {{key}} NOT NULL REFERENCES users (id),
  hint text NOT NULL,
  description text NOT NULL,
  restricted boolean NOT NULL,
  permissions text NOT NULL,
  created_at bigint NOT NULL,
  created_by {{key}} REFERENCES users (id),
  expires_at bigint NOT NULL,
  last_used_at bigint NOT NULL,
  last_used_ip text NOT NULL,
  revoked_at bigint NOT NULL,
  replaces_id {{key}} UNIQUE REFERENCES api_keys (id),
  warned_days bigint NOT NULL,
  revision bigint NOT NULL
);
CREATE INDEX api_keys_by_account ON api_keys (account_id, id);
CREATE INDEX api_keys_by_user ON api_keys (user_id, id);
CREATE INDEX api_keys_by_expiry ON api_keys (expires_at) WHERE revoked_at = 0 AND expires_at > 0;

CREATE TABLE api_key_access_points (
  api_key_id {{key}} NOT NULL REFERENCES api_keys (id),
  access_point_id {{key}} NOT NULL REFERENCES access_points (id),
  PRIMARY KEY (api_key_id, access_point_id)
);
CREATE INDEX api_key_access_points_by_access_point ON api_key_access_points (access_point_id);

CREATE TABLE api_key_whitelists (
  api_key_id {{key}} NOT NULL REFERENCES api_keys (id),
  whitelist_id {{key}} NOT NULL REFERENCES whitelists (id),
  PRIMARY KEY (api_key_id, whitelist_id)
);
CREATE INDEX api_key_whitelists_by_whitelist ON api_key_whitelists (whitelist_id);

-- A session on the host of a service behind an access point. It ends with the session that it came from.
CREATE TABLE door_sessions (
  id {{key}} PRIMARY KEY,
  session_id {{key}} NOT NULL REFERENCES sessions (id) ON DELETE CASCADE,
  access_point_id {{key}} NOT NULL REFERENCES access_points (id) ON DELETE CASCADE,
  code_hash {{bytes}} UNIQUE,
  browser_hash {{bytes}} NOT NULL,
  code_expires_at bigint NOT NULL,
  token_hash {{bytes}} UNIQUE,
  created_at bigint NOT NULL
);
CREATE INDEX door_sessions_by_session ON door_sessions (session_id);
CREATE INDEX door_sessions_by_access_point ON door_sessions (access_point_id);

-- Where users and keys come from. api_key_id is empty for a user in person.
CREATE TABLE seen_addresses (
  user_id {{key}} NOT NULL REFERENCES users (id),
  api_key_id {{key}} NOT NULL,
  access_point_id {{key}} NOT NULL,
  prefix {{key}} NOT NULL,
  first_at bigint NOT NULL,
  last_at bigint NOT NULL,
  PRIMARY KEY (user_id, api_key_id, access_point_id, prefix)
);
CREATE INDEX seen_addresses_by_access_point ON seen_addresses (access_point_id, last_at);
CREATE INDEX seen_addresses_by_age ON seen_addresses (last_at);

-- What whitelists in report-only mode would have refused, a line a day. asked_by is the user, key or access point whose
-- lists they are.
CREATE TABLE reported_refusals (
  asked_by {{key}} NOT NULL,
  day bigint NOT NULL,
  prefix {{key}} NOT NULL,
  user_id {{key}} NOT NULL REFERENCES users (id),
  refusals bigint NOT NULL,
  last_at bigint NOT NULL,
  PRIMARY KEY (asked_by, day, prefix, user_id)
);
CREATE INDEX reported_refusals_by_day ON reported_refusals (day);
