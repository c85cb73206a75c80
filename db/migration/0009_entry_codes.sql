-- The codes with which visitors come back to a service, and the sessions that follow. The sessions from before do not say at which
-- origin they are good: their visitors get new ones on their next request, while their session at Gatehouse lives.
DROP TABLE door_sessions;

-- A used code stays until it expires, so that codes a minute can be counted.
CREATE TABLE entry_codes (
  id {{key}} PRIMARY KEY,
  code_hash {{bytes}} NOT NULL UNIQUE,
  account_id {{key}} NOT NULL REFERENCES accounts (id),
  user_id {{key}} NOT NULL REFERENCES users (id),
  session_id {{key}} NOT NULL REFERENCES sessions (id) ON DELETE CASCADE,
  access_point_id {{key}} NOT NULL REFERENCES access_points (id) ON DELETE CASCADE,
  origin text NOT NULL,
  wanted text NOT NULL,
  browser_hash {{bytes}} NOT NULL,
  created_at bigint NOT NULL,
  expires_at bigint NOT NULL,
  used_at bigint NOT NULL
);
CREATE INDEX entry_codes_by_user ON entry_codes (user_id, expires_at);
CREATE INDEX entry_codes_by_end ON entry_codes (expires_at);
CREATE INDEX entry_codes_by_session ON entry_codes (session_id);
CREATE INDEX entry_codes_by_access_point ON entry_codes (access_point_id);

-- A session on the host of a service behind an access point. It ends with the session that it came from.
CREATE TABLE access_point_sessions (
  id {{key}} PRIMARY KEY,
  token_hash {{bytes}} NOT NULL UNIQUE,
  account_id {{key}} NOT NULL REFERENCES accounts (id),
  user_id {{key}} NOT NULL REFERENCES users (id),
  session_id {{key}} NOT NULL REFERENCES sessions (id) ON DELETE CASCADE,
  access_point_id {{key}} NOT NULL REFERENCES access_points (id) ON DELETE CASCADE,
  origin text NOT NULL,
  created_at bigint NOT NULL,
  last_seen_at bigint NOT NULL,
  ip text NOT NULL,
  user_agent text NOT NULL
);
CREATE INDEX access_point_sessions_by_user ON access_point_sessions (user_id, id);
CREATE INDEX access_point_sessions_by_session ON access_point_sessions (session_id);
CREATE INDEX access_point_sessions_by_access_point ON access_point_sessions (access_point_id);
