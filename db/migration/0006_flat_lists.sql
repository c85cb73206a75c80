-- Indexes for lists that must not get slower as an account grows: docs/database.md has what each is for.
CREATE INDEX users_by_status ON users (account_id, status);
CREATE INDEX users_by_kind ON users (account_id, kind);
CREATE INDEX whitelists_by_name ON whitelists (account_id, name_key, id);
CREATE INDEX audit_events_by_action ON audit_events (account_id, action, at, id);
CREATE INDEX audit_events_by_outcome ON audit_events (account_id, outcome, at, id);
DROP INDEX api_keys_by_account;
CREATE INDEX api_keys_by_creation ON api_keys (account_id, created_at, id);
DROP INDEX api_keys_by_user;
CREATE INDEX api_keys_by_user ON api_keys (user_id, created_at, id);

{{if postgres}}
CREATE EXTENSION IF NOT EXISTS pg_trgm;
CREATE INDEX users_by_trigram ON users USING gin (search gin_trgm_ops) WITH (fastupdate = off);
{{else}}
-- The index knows users by numbers that stay when VACUUM renumbers rows. Two line feeds at the end make every character,
-- and every two, the beginning of a trigram, so that patterns shorter than three are found too.
CREATE TABLE user_numbers (
  number integer PRIMARY KEY,
  user_id text NOT NULL UNIQUE
);
CREATE VIRTUAL TABLE users_search USING fts5 (search, content = '', contentless_delete = 1, detail = none, tokenize = 'trigram case_sensitive 1');
CREATE VIRTUAL TABLE users_trigrams USING fts5vocab (users_search, row);
-- Merging seldom halves what adding a user costs.
INSERT INTO users_search (users_search, rank) VALUES ('automerge', 16);
INSERT INTO user_numbers (user_id) SELECT id FROM users ORDER BY id;
INSERT INTO users_search (rowid, search)
  SELECT number, search || char(10, 10) FROM user_numbers JOIN users ON users.id = user_numbers.user_id ORDER BY number;
CREATE TRIGGER users_search_insert AFTER INSERT ON users BEGIN
  INSERT INTO user_numbers (user_id) VALUES (new.id); INSERT INTO users_search (rowid, search)
  SELECT number, new.search || char(10, 10) FROM user_numbers WHERE user_id = new.id; END;
CREATE TRIGGER users_search_update AFTER UPDATE OF search ON users WHEN new.search <> old.search BEGIN
  UPDATE users_search SET search = new.search || char(10, 10) WHERE rowid = (SELECT number FROM user_numbers WHERE user_id = new.id); END;
CREATE TRIGGER users_search_delete AFTER DELETE ON users BEGIN
  DELETE FROM users_search WHERE rowid = (SELECT number FROM user_numbers WHERE user_id = old.id); DELETE FROM user_numbers WHERE user_id = old.id; END;
{{end}}
