-- Organisations: what they are, where they sit, what became of them, who holds office in them (ORG-18).
-- Open ends are the numbers of Day::FOREVER and Moment::FOREVER, never NULL.

-- owner: reference
CREATE TABLE unit (
  unit_id {id} NOT NULL PRIMARY KEY,
  lat {int},
  lon {int},
  admin_code {text} NOT NULL,
  created_at {int} NOT NULL
) {clustered};

-- owner: reference
CREATE TABLE unit_fact (
  unit_id {id} NOT NULL,
  recorded_at {int} NOT NULL,
  valid_from {int} NOT NULL,
  valid_to {int} NOT NULL,
  superseded_at {int} NOT NULL,
  name {text} NOT NULL,
  short_name {text} NOT NULL,
  kind {int} NOT NULL,
  setting {int} NOT NULL,
  code {text} NOT NULL,
  PRIMARY KEY (unit_id, recorded_at, valid_from)
) {clustered};
CREATE INDEX unit_fact_code ON unit_fact (code);

-- A parent of NULL makes the unit a root.
-- owner: reference
CREATE TABLE unit_edge (
  unit_id {id} NOT NULL,
  recorded_at {int} NOT NULL,
  valid_from {int} NOT NULL,
  valid_to {int} NOT NULL,
  superseded_at {int} NOT NULL,
  parent_id {id},
  PRIMARY KEY (unit_id, recorded_at, valid_from)
) {clustered};
CREATE INDEX unit_edge_parent ON unit_edge (parent_id);

-- owner: reference
CREATE TABLE unit_succession (
  from_unit {id} NOT NULL,
  into_unit {id} NOT NULL,
  on_day {int} NOT NULL,
  main {int} NOT NULL,
  kind {text} NOT NULL,
  decision_id {id} NOT NULL,
  PRIMARY KEY (from_unit, into_unit, on_day)
) {clustered};
CREATE INDEX unit_succession_into ON unit_succession (into_unit);
CREATE INDEX unit_succession_decision ON unit_succession (decision_id);

-- unit_id: the top of the subtree the decision concerns.
-- owner: reference
CREATE TABLE decision (
  decision_id {id} NOT NULL PRIMARY KEY,
  unit_id {id} NOT NULL,
  number {text} NOT NULL,
  title {text} NOT NULL,
  authority {text} NOT NULL,
  signed_on {int} NOT NULL,
  effective_on {int} NOT NULL,
  state {text} NOT NULL,
  recorded_at {int} NOT NULL,
  created_by {text} NOT NULL,
  summary {text} NOT NULL
) {clustered};

-- owner: reference
CREATE TABLE decision_step (
  decision_id {id} NOT NULL,
  step_no {int} NOT NULL,
  kind {text} NOT NULL,
  unit_id {id} NOT NULL,
  other_unit {id},
  detail {text} NOT NULL,
  PRIMARY KEY (decision_id, step_no)
) {clustered};
CREATE INDEX decision_step_unit ON decision_step (unit_id);

-- owner: unit(unit_id)
CREATE TABLE office (
  unit_id {id} NOT NULL,
  person_id {id} NOT NULL,
  role {int} NOT NULL,
  recorded_at {int} NOT NULL,
  valid_from {int} NOT NULL,
  valid_to {int} NOT NULL,
  superseded_at {int} NOT NULL,
  how {text} NOT NULL,
  decision_number {text} NOT NULL,
  PRIMARY KEY (unit_id, person_id, role, recorded_at, valid_from)
) {clustered};
CREATE INDEX office_person ON office (person_id);

-- A spreadsheet of units: waiting for confirmation, applied, undone or dropped.
-- owner: reference
CREATE TABLE unit_import (
  import_id {id} NOT NULL PRIMARY KEY,
  unit_id {id} NOT NULL,
  file_name {text} NOT NULL,
  stored_as {text} NOT NULL,
  state {text} NOT NULL,
  created_at {int} NOT NULL,
  created_by {id},
  created_name {text} NOT NULL,
  applied_at {int} NOT NULL,
  counts {text} NOT NULL
) {clustered};

-- owner: reference
CREATE TABLE unit_import_unit (
  import_id {id} NOT NULL,
  unit_id {id} NOT NULL,
  is_new {int} NOT NULL,
  PRIMARY KEY (import_id, unit_id)
) {clustered};
