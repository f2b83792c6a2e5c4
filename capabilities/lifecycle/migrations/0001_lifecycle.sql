-- Case files of founding, ending and handing over organisations (hồ sơ thành lập, giải thể, giải tán, chuyển giao).
-- Nothing is overwritten: a correction of what is proposed is another version, what was done is another step.

-- parent_id is the unit above when the case was opened; target_id the new unit above (transfer) or the branch that takes
-- the members who remain (dissolution, disbandment). ends_on is Day::FOREVER but for temporary branches.
-- owner: reference
CREATE TABLE lifecycle_case (
  case_id {id} NOT NULL,
  version {int} NOT NULL,
  kind {text} NOT NULL,
  unit_id {id} NOT NULL,
  parent_id {id} NOT NULL,
  target_id {id},
  name {text} NOT NULL,
  short_name {text} NOT NULL,
  unit_kind {int} NOT NULL,
  setting {int} NOT NULL,
  code {text} NOT NULL,
  ground {text} NOT NULL,
  purpose {text} NOT NULL,
  official {int} NOT NULL,
  probationary {int} NOT NULL,
  ends_on {int} NOT NULL,
  recorded_at {int} NOT NULL,
  recorded_by {text} NOT NULL,
  PRIMARY KEY (case_id, version)
) {clustered};
CREATE INDEX lifecycle_case_unit ON lifecycle_case (unit_id);

-- Derived from the steps in the transaction that adds one, so that lists need not read them.
-- owner: reference
CREATE TABLE lifecycle_state (
  case_id {id} NOT NULL PRIMARY KEY,
  version {int} NOT NULL,
  phase {text} NOT NULL,
  is_open {int} NOT NULL,
  effective_on {int} NOT NULL,
  due_on {int} NOT NULL
) {clustered};
CREATE INDEX lifecycle_state_open ON lifecycle_state (is_open);

-- unit_id: whose committee or office acted.
-- owner: reference
CREATE TABLE lifecycle_step (
  case_id {id} NOT NULL,
  seq {int} NOT NULL,
  step {text} NOT NULL,
  on_day {int} NOT NULL,
  effective_on {int} NOT NULL,
  number {text} NOT NULL,
  authority {text} NOT NULL,
  unit_id {id} NOT NULL,
  votes_for {int} NOT NULL,
  votes_base {int} NOT NULL,
  note {text} NOT NULL,
  rulebook {text} NOT NULL,
  recorded_at {int} NOT NULL,
  recorded_by {text} NOT NULL,
  PRIMARY KEY (case_id, seq)
) {clustered};

-- Members of an organisation to be founded; unit_id is their branch when they were put on the list. The last row of a
-- person and a case counts.
-- owner: person(person_id)
CREATE TABLE lifecycle_member (
  person_id {id} NOT NULL,
  case_id {id} NOT NULL,
  seq {int} NOT NULL,
  listed {int} NOT NULL,
  unit_id {id} NOT NULL,
  recorded_at {int} NOT NULL,
  recorded_by {text} NOT NULL,
  PRIMARY KEY (person_id, case_id, seq)
) {clustered};
CREATE INDEX lifecycle_member_case ON lifecycle_member (case_id);
