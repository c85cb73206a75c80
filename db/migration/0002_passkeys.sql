-- Passkeys (WebAuthn level 3). Flags and counter are those of the last proof.
CREATE TABLE passkeys (
  id {{key}} PRIMARY KEY,
  user_id {{key}} NOT NULL REFERENCES users (id),
  name text NOT NULL,
  credential_id {{bytes}} NOT NULL UNIQUE,
  public_key {{bytes}} NOT NULL,
  aaguid {{bytes}} NOT NULL,
  transports text NOT NULL,
  sign_count bigint NOT NULL,
  backup_eligible boolean NOT NULL,
  backed_up boolean NOT NULL,
  created_at bigint NOT NULL,
  last_used_at bigint NOT NULL
);
CREATE INDEX passkeys_by_user ON passkeys (user_id, id);
-- Tokens that stand in no table while they live, and are good once.
CREATE TABLE spent_tokens (
  token_hash {{bytes}} PRIMARY KEY,
  expires_at bigint NOT NULL
);
CREATE INDEX spent_tokens_by_expiry ON spent_tokens (expires_at);
