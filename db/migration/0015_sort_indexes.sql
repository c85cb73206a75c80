CREATE INDEX users_by_name ON users (account_id, name_key, id);
CREATE INDEX users_by_email ON users (account_id, email_sort, id);
CREATE INDEX whitelists_by_sort_key ON whitelists (account_id, sort_key, id);
{{if postgres}}CREATE INDEX users_by_trigram ON users USING gin (search gin_trgm_ops) WITH (fastupdate = off);
{{end}}