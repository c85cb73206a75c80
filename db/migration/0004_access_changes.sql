-- What decisions depend on and has changed: whoever keeps it in memory reads on from the last line that it knows. The
-- lines are numbered without a gap, in the order of the commits; old ones are deleted, the last one never.
CREATE TABLE access_changes (
  seq bigint PRIMARY KEY,
  object_id {{key}} NOT NULL
);
