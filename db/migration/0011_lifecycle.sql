-- Rises with each new password: a proof by the one before is refused, a mere change of its hash is not.
ALTER TABLE users ADD COLUMN password_version bigint NOT NULL DEFAULT 0;

-- The keys of the key file, known by their labels. The check value is a digest under the key itself: a file with another
-- key is refused at start. A retired key seals nothing any more, a dropped one has left the file.
CREATE TABLE sealing_keys (
  label {{key}} PRIMARY KEY,
  check_value {{bytes}} NOT NULL,
  created_at bigint NOT NULL,
  retired_at bigint NOT NULL,
  dropped_at bigint NOT NULL
);

-- Only personal users have an address of their own: that of others is followed by a line feed and their ID. The domains of
-- addresses are written as IDNA lookup does by the program itself, after this.
UPDATE users SET email_key = email_key || {{if postgres}}chr(10){{else}}char(10){{end}} || id WHERE kind = 'API';
