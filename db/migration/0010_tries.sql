-- Tries to sign in that are under way reserve their places, so that only failures count.
ALTER TABLE throttles ADD COLUMN reserved text NOT NULL DEFAULT '[]';

-- With which parameters the passwords of each account are hashed, and how many: kept by triggers, so that a sign-in reads it
-- without going through all users. It refers to no account: that would make every change of a password wait for whoever has
-- the account locked.
CREATE TABLE password_params (
  account_id {{key}} NOT NULL,
  params text NOT NULL,
  users bigint NOT NULL,
  PRIMARY KEY (account_id, params)
);

{{if postgres}}
INSERT INTO password_params (account_id, params, users)
  SELECT account_id, split_part(password_hash, '$', 4), count(*) FROM users WHERE password_hash <> '' GROUP BY 1, 2;
-- Rows are counted in the order of their keys, so that transactions that change several do not deadlock. No line of the
-- function ends with a semicolon, where the program splits statements.
CREATE FUNCTION count_password_params() RETURNS trigger LANGUAGE plpgsql AS $count$
  DECLARE former text := CASE WHEN TG_OP = 'INSERT' THEN '' ELSE split_part(OLD.password_hash, '$', 4) END; present text :=
  CASE WHEN TG_OP = 'DELETE' THEN '' ELSE split_part(NEW.password_hash, '$', 4) END; account text :=
  CASE WHEN TG_OP = 'DELETE' THEN OLD.account_id ELSE NEW.account_id END; BEGIN
  IF former <> present THEN
    INSERT INTO password_params (account_id, params, users) SELECT account, changed.params, changed.users
    FROM (SELECT former AS params, -1 AS users UNION ALL SELECT present, 1) AS changed WHERE changed.params <> '' ORDER BY changed.params
    ON CONFLICT (account_id, params) DO UPDATE SET users = password_params.users + EXCLUDED.users; END IF; RETURN NULL; END
  $count$;
CREATE TRIGGER password_params_insert AFTER INSERT OR DELETE ON users FOR EACH ROW EXECUTE FUNCTION count_password_params();
CREATE TRIGGER password_params_update AFTER UPDATE OF password_hash ON users FOR EACH ROW
  WHEN (OLD.password_hash IS DISTINCT FROM NEW.password_hash) EXECUTE FUNCTION count_password_params();
{{else}}
INSERT INTO password_params (account_id, params, users)
  SELECT account_id, substr(password_hash, 16, instr(substr(password_hash, 16), '$') - 1), count(*) FROM users WHERE password_hash <> '' GROUP BY 1, 2;
CREATE TRIGGER password_params_insert AFTER INSERT ON users WHEN new.password_hash <> '' BEGIN
  INSERT INTO password_params (account_id, params, users)
  VALUES (new.account_id, substr(new.password_hash, 16, instr(substr(new.password_hash, 16), '$') - 1), 1)
  ON CONFLICT (account_id, params) DO UPDATE SET users = users + 1; END;
CREATE TRIGGER password_params_update AFTER UPDATE OF password_hash ON users WHEN new.password_hash <> old.password_hash BEGIN
  INSERT INTO password_params (account_id, params, users) SELECT new.account_id, params, users FROM (
  SELECT substr(old.password_hash, 16, instr(substr(old.password_hash, 16), '$') - 1) AS params, -1 AS users
  UNION ALL SELECT substr(new.password_hash, 16, instr(substr(new.password_hash, 16), '$') - 1), 1) AS changed WHERE params <> ''
  ON CONFLICT (account_id, params) DO UPDATE SET users = users + EXCLUDED.users; END;
CREATE TRIGGER password_params_delete AFTER DELETE ON users WHEN old.password_hash <> '' BEGIN
  UPDATE password_params SET users = users - 1
  WHERE account_id = old.account_id AND params = substr(old.password_hash, 16, instr(substr(old.password_hash, 16), '$') - 1); END;
{{end}}
