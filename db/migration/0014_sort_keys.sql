-- Lists are ordered by keys of the Unicode collation. The program fills those of the rows there are after this, and what is searched of
-- them; indexes are made again when the rows have changed.
DROP INDEX users_by_name;
DROP INDEX users_by_email;
{{if postgres}}DROP INDEX users_by_trigram;
{{end}}ALTER TABLE users ADD COLUMN email_sort {{key}} NOT NULL DEFAULT '';
ALTER TABLE whitelists ADD COLUMN sort_key {{key}} NOT NULL DEFAULT '';
DROP INDEX whitelists_by_name;
