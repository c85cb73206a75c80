-- A random mark of each line of the feed. The same number with another mark, or none, says that the database has gone back
-- to an earlier state. The feed never stays empty: a reader always has a line to find again.
{{if postgres}}
ALTER TABLE access_changes ADD COLUMN mark bigint NOT NULL DEFAULT hashtextextended(gen_random_uuid()::text, 0);
INSERT INTO access_changes (seq, object_id) SELECT 1, '' WHERE NOT EXISTS (SELECT 1 FROM access_changes);
{{else}}
ALTER TABLE access_changes ADD COLUMN mark bigint NOT NULL DEFAULT 0;
UPDATE access_changes SET mark = random();
INSERT INTO access_changes (seq, object_id, mark) SELECT 1, '', random() WHERE NOT EXISTS (SELECT 1 FROM access_changes);
{{end}}
