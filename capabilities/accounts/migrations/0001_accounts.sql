-- Tables of accounts. Engine words in braces are filled in per engine (base/store/src/migrate.rs).

-- owner: local
CREATE TABLE account (
  account_id {id} NOT NULL PRIMARY KEY,
  login {text} NOT NULL,
  login_key {text} NOT NULL,
  name {text} NOT NULL,
  password_hash {text} NOT NULL,
  must_change {int} NOT NULL,
  password_until {int},
  totp {bytes},
  totp_next {bytes},
  totp_step {int} NOT NULL,
  created_at {int} NOT NULL,
  created_by {id},
  closed_at {int}
) {clustered};
CREATE UNIQUE INDEX account_login ON account (login_key);

-- A role on a subtree for an interval of days; taken back at a moment.
-- owner: local
CREATE TABLE access_grant (
  grant_id {id} NOT NULL PRIMARY KEY,
  account_id {id} NOT NULL REFERENCES account (account_id),
  unit_id {id} NOT NULL,
  role {text} NOT NULL,
  valid_from {int} NOT NULL,
  valid_to {int} NOT NULL,
  granted_by {id},
  granted_at {int} NOT NULL,
  revoked_at {int}
) {clustered};
CREATE INDEX access_grant_account ON access_grant (account_id);

-- Only the SHA-256 of a session's token is kept: a stolen database opens no session.
-- owner: local
CREATE TABLE session (
  token_hash {bytes} NOT NULL PRIMARY KEY,
  account_id {id} NOT NULL REFERENCES account (account_id),
  created_at {int} NOT NULL,
  last_seen {int} NOT NULL,
  expires_at {int} NOT NULL,
  second_factor {int} NOT NULL
) {clustered};
CREATE INDEX session_account ON session (account_id);
CREATE INDEX session_expires ON session (expires_at);

-- owner: local
CREATE TABLE recovery_code (
  account_id {id} NOT NULL REFERENCES account (account_id),
  code_hash {bytes} NOT NULL,
  used_at {int},
  PRIMARY KEY (account_id, code_hash)
) {clustered};

-- Wrong guesses by a keyed hash of the name typed, whether an account has that name or not.
-- owner: local
CREATE TABLE sign_in_guess (
  guess_key {bytes} NOT NULL PRIMARY KEY,
  failed {int} NOT NULL,
  locked_until {int} NOT NULL,
  last_at {int} NOT NULL
) {clustered};
CREATE INDEX sign_in_guess_at ON sign_in_guess (last_at);
