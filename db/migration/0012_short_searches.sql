-- Searches for one or two characters read the entries of a range of the index of what is searched, which on PostgreSQL
-- nothing corresponds to.
{{if postgres}}{{else}}
DROP TABLE users_trigrams;
CREATE VIRTUAL TABLE users_instances USING fts5vocab (users_search, instance);
{{end}}
