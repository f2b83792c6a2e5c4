-- Tables of base/store. Engine words in braces are filled in per engine (see migrate.rs).

-- owner: local
CREATE TABLE setting (
  name {text} NOT NULL PRIMARY KEY,
  value {text} NOT NULL
) {clustered};

-- One chain per stream (a person or a unit), so unrelated writes never wait for each other.
-- owner: local
CREATE TABLE audit (
  stream {id} NOT NULL,
  seq {int} NOT NULL,
  at {int} NOT NULL,
  actor {id},
  actor_name {text} NOT NULL,
  action {text} NOT NULL,
  unit_id {id},
  subject {id},
  detail {text} NOT NULL,
  prev {bytes} NOT NULL,
  hash {bytes} NOT NULL,
  PRIMARY KEY (stream, seq)
) {clustered};
CREATE INDEX audit_at ON audit (at);

-- owner: local
CREATE TABLE audit_head (
  stream {id} NOT NULL PRIMARY KEY,
  seq {int} NOT NULL,
  hash {bytes} NOT NULL,
  mac {bytes} NOT NULL
) {clustered};

-- owner: local
CREATE TABLE audit_anchor (
  anchor {int} NOT NULL PRIMARY KEY,
  at {int} NOT NULL,
  heads {int} NOT NULL,
  digest {bytes} NOT NULL
) {clustered};

-- owner: local
CREATE TABLE audit_anchor_head (
  anchor {int} NOT NULL,
  stream {id} NOT NULL,
  seq {int} NOT NULL,
  hash {bytes} NOT NULL,
  PRIMARY KEY (anchor, stream)
) {clustered};

-- Notices of what a committed transaction touched: the truth behind every cache.
-- owner: local
CREATE TABLE change_notice (
  seq {serial},
  kind {text} NOT NULL,
  subject {id}
) {strict};

-- owner: local
CREATE TABLE job (
  job_id {id} NOT NULL PRIMARY KEY,
  kind {text} NOT NULL,
  payload {text} NOT NULL,
  state {text} NOT NULL,
  created_at {int} NOT NULL,
  created_by {id},
  unit_id {id},
  run_after {int} NOT NULL,
  lease_until {int} NOT NULL,
  attempts {int} NOT NULL,
  done {int} NOT NULL,
  total {int} NOT NULL,
  note {text} NOT NULL,
  cancel {int} NOT NULL,
  finished_at {int},
  result {text} NOT NULL
) {clustered};
CREATE INDEX job_state ON job (state, run_after);
