CREATE TABLE accounts (
  id {{key}} PRIMARY KEY,
  handle {{key}} NOT NULL UNIQUE,
  name text NOT NULL,
  revision bigint NOT NULL,
  mfa_forced boolean NOT NULL,
  password_min_length bigint NOT NULL,
  session_idle_minutes bigint NOT NULL,
  session_max_hours bigint NOT NULL,
  policy_revision bigint NOT NULL,
  user_count bigint NOT NULL,
  created_at bigint NOT NULL,
  updated_at bigint NOT NULL
);

CREATE TABLE users (
  id {{key}} PRIMARY KEY,
  account_id {{key}} NOT NULL REFERENCES accounts (id),
  kind text NOT NULL,
  login_name text NOT NULL,
  login_key {{key}} NOT NULL,
  name text NOT NULL,
  name_key {{key}} NOT NULL,
  email text NOT NULL,
  email_key {{key}} NOT NULL,
  search text NOT NULL,
  language text NOT NULL,
  status text NOT NULL,
  password_hash text NOT NULL,
  mfa_forced boolean NOT NULL,
  last_sign_in_at bigint NOT NULL,
  created_at bigint NOT NULL,
  created_by {{key}} REFERENCES users (id),
  updated_at bigint NOT NULL,
  revision bigint NOT NULL,
  CONSTRAINT users_login_key UNIQUE (account_id, login_key),
  CONSTRAINT users_email_key UNIQUE (account_id, email_key)
);
CREATE INDEX users_by_name ON users (account_id, name_key, id);
CREATE INDEX users_by_login ON users (account_id, login_key, id);
CREATE INDEX users_by_email ON users (account_id, email_key, id);
CREATE INDEX users_by_creation ON users (account_id, created_at, id);
CREATE INDEX users_by_last_sign_in ON users (account_id, last_sign_in_at, id);

CREATE TABLE roles (
  id {{key}} PRIMARY KEY,
  account_id {{key}} NOT NULL REFERENCES accounts (id),
  kind text NOT NULL,
  name text NOT NULL,
  name_key {{key}} NOT NULL,
  sort_key {{key}} NOT NULL,
  description text NOT NULL,
  search text NOT NULL,
  permissions text NOT NULL,
  created_at bigint NOT NULL,
  updated_at bigint NOT NULL,
  revision bigint NOT NULL,
  CONSTRAINT roles_name_key UNIQUE (account_id, name_key)
);
CREATE INDEX roles_by_sort_key ON roles (account_id, sort_key, id);

CREATE TABLE user_roles (
  user_id {{key}} NOT NULL REFERENCES users (id),
  role_id {{key}} NOT NULL REFERENCES roles (id),
  PRIMARY KEY (user_id, role_id)
);
CREATE INDEX user_roles_by_role ON user_roles (role_id, user_id);

CREATE TABLE access_points (
  id {{key}} PRIMARY KEY,
  account_id {{key}} NOT NULL REFERENCES accounts (id),
  code {{key}} NOT NULL,
  name text NOT NULL,
  description text NOT NULL,
  kind text NOT NULL,
  built_in boolean NOT NULL,
  origins text NOT NULL,
  created_at bigint NOT NULL,
  updated_at bigint NOT NULL,
  revision bigint NOT NULL,
  CONSTRAINT access_points_code UNIQUE (account_id, code)
);

CREATE TABLE user_access_points (
  user_id {{key}} NOT NULL REFERENCES users (id),
  access_point_id {{key}} NOT NULL REFERENCES access_points (id),
  PRIMARY KEY (user_id, access_point_id)
);
CREATE INDEX user_access_points_by_access_point ON user_access_points (access_point_id, user_id);

CREATE TABLE whitelists (
  id {{key}} PRIMARY KEY,
  account_id {{key}} NOT NULL REFERENCES accounts (id),
  name text NOT NULL,
  name_key {{key}} NOT NULL,
  search text NOT NULL,
  created_at bigint NOT NULL,
  updated_at bigint NOT NULL,
  revision bigint NOT NULL,
  CONSTRAINT whitelists_name_key UNIQUE (account_id, name_key)
);

CREATE TABLE whitelist_entries (
  whitelist_id {{key}} NOT NULL REFERENCES whitelists (id),
  position bigint NOT NULL,
  prefix text NOT NULL,
  note text NOT NULL,
  lowest {{key}} NOT NULL,
  highest {{key}} NOT NULL,
  PRIMARY KEY (whitelist_id, position)
);

CREATE TABLE user_whitelists (
  user_id {{key}} NOT NULL REFERENCES users (id),
  whitelist_id {{key}} NOT NULL REFERENCES whitelists (id),
  PRIMARY KEY (user_id, whitelist_id)
);
CREATE INDEX user_whitelists_by_whitelist ON user_whitelists (whitelist_id, user_id);

CREATE TABLE access_point_whitelists (
  access_point_id {{key}} NOT NULL REFERENCES access_points (id),
  whitelist_id {{key}} NOT NULL REFERENCES whitelists (id),
  PRIMARY KEY (access_point_id, whitelist_id)
);
CREATE INDEX access_point_whitelists_by_whitelist ON access_point_whitelists (whitelist_id, access_point_id);

CREATE TABLE sessions (
  id {{key}} PRIMARY KEY,
  token_hash {{bytes}} NOT NULL UNIQUE,
  account_id {{key}} NOT NULL REFERENCES accounts (id),
  user_id {{key}} NOT NULL REFERENCES users (id),
  assurance text NOT NULL,
  created_at bigint NOT NULL,
  last_seen_at bigint NOT NULL,
  expires_at bigint NOT NULL,
  proven_at bigint NOT NULL,
  ip text NOT NULL,
  user_agent text NOT NULL
);
CREATE INDEX sessions_by_user ON sessions (user_id, id);
CREATE INDEX sessions_by_end ON sessions (expires_at);

CREATE TABLE devices (
  token_hash {{bytes}} PRIMARY KEY,
  user_id {{key}} NOT NULL REFERENCES users (id),
  created_at bigint NOT NULL,
  last_used_at bigint NOT NULL
);
CREATE INDEX devices_by_user ON devices (user_id, last_used_at);

CREATE TABLE links (
  id {{key}} PRIMARY KEY,
  token_hash {{bytes}} NOT NULL UNIQUE,
  purpose text NOT NULL,
  account_id {{key}} REFERENCES accounts (id),
  user_id {{key}} REFERENCES users (id),
  email text NOT NULL,
  created_at bigint NOT NULL,
  expires_at bigint NOT NULL
);
CREATE INDEX links_by_user ON links (user_id);

CREATE TABLE challenges (
  id {{key}} PRIMARY KEY,
  token_hash {{bytes}} NOT NULL UNIQUE,
  purpose text NOT NULL,
  account_id {{key}} NOT NULL REFERENCES accounts (id),
  user_id {{key}} NOT NULL REFERENCES users (id),
  session_id {{key}} REFERENCES sessions (id) ON DELETE CASCADE,
  name text NOT NULL,
  secret {{bytes}},
  created_at bigint NOT NULL,
  expires_at bigint NOT NULL
);
CREATE INDEX challenges_by_user ON challenges (user_id);
CREATE INDEX challenges_by_end ON challenges (expires_at);
CREATE INDEX challenges_by_session ON challenges (session_id);

CREATE TABLE totp_methods (
  id {{key}} PRIMARY KEY,
  user_id {{key}} NOT NULL REFERENCES users (id),
  name text NOT NULL,
  secret {{bytes}} NOT NULL,
  last_step bigint NOT NULL,
  created_at bigint NOT NULL,
  last_used_at bigint NOT NULL
);
CREATE INDEX totp_methods_by_user ON totp_methods (user_id, id);

CREATE TABLE recovery_codes (
  user_id {{key}} NOT NULL REFERENCES users (id),
  code_hash {{bytes}} NOT NULL,
  created_at bigint NOT NULL,
  PRIMARY KEY (user_id, code_hash)
);

CREATE TABLE throttles (
  throttle_key {{key}} PRIMARY KEY,
  failures bigint NOT NULL,
  began_at bigint NOT NULL,
  until bigint NOT NULL,
  updated_at bigint NOT NULL
);
CREATE INDEX throttles_by_update ON throttles (updated_at);

CREATE TABLE mails (
  id {{key}} PRIMARY KEY,
  account_id {{key}} REFERENCES accounts (id),
  user_id {{key}} REFERENCES users (id),
  kind text NOT NULL,
  recipient text NOT NULL,
  recipient_name text NOT NULL,
  language text NOT NULL,
  subject text NOT NULL,
  text_body text NOT NULL,
  html_body text NOT NULL,
  created_at bigint NOT NULL,
  due_at bigint NOT NULL,
  attempts bigint NOT NULL,
  last_error text NOT NULL,
  sent_at bigint NOT NULL,
  given_up_at bigint NOT NULL
);
CREATE INDEX mails_by_due ON mails (due_at) WHERE sent_at = 0 AND given_up_at = 0;

CREATE TABLE audit_events (
  id {{key}} PRIMARY KEY,
  account_id {{key}} NOT NULL REFERENCES accounts (id),
  at bigint NOT NULL,
  action text NOT NULL,
  outcome text NOT NULL,
  actor_id {{key}},
  actor_name text NOT NULL,
  access_point text NOT NULL,
  ip text NOT NULL,
  target_id {{key}},
  target_name text NOT NULL,
  reason text NOT NULL,
  changes text NOT NULL
);
CREATE INDEX audit_events_by_time ON audit_events (account_id, at, id);
CREATE INDEX audit_events_by_actor ON audit_events (account_id, actor_id, at, id);
CREATE INDEX audit_events_by_target ON audit_events (account_id, target_id, at, id);

CREATE TABLE idempotent_answers (
  user_id {{key}} NOT NULL REFERENCES users (id),
  idempotency_key text NOT NULL,
  digest {{bytes}} NOT NULL,
  answer_id {{key}} NOT NULL,
  created_at bigint NOT NULL,
  PRIMARY KEY (user_id, idempotency_key)
);
