-- What holds for the installation and all of its servers.
CREATE TABLE installation (
  name {{key}} PRIMARY KEY,
  value text NOT NULL
);
