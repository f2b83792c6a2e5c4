-- Cases about one member: exemption from work and meetings, return, leaving the Party, complaint, restoration. The case and
-- its steps are never overwritten; leaving_state says where each case stands and follows from its steps.

-- owner: person(case_id)
CREATE TABLE leaving_case (
  case_id {id} NOT NULL PRIMARY KEY,
  person_id {id} NOT NULL,
  kind {text} NOT NULL,
  ground {text} NOT NULL,
  on_day {int} NOT NULL,
  since_on {int} NOT NULL,
  amount {int} NOT NULL,
  ends_on {int} NOT NULL,
  about_id {id},
  handler_id {id},
  number {text} NOT NULL,
  body {text} NOT NULL,
  evidence {text} NOT NULL,
  note {text} NOT NULL,
  rulebook {text} NOT NULL,
  recorded_at {int} NOT NULL,
  recorded_by {text} NOT NULL
) {clustered};
CREATE INDEX leaving_case_person ON leaving_case (person_id);

-- voting: how it was voted, empty for steps without a vote; away and barred are taken out of listed (X-03, X-05).
-- owner: person(case_id)
CREATE TABLE leaving_step (
  case_id {id} NOT NULL,
  seq {int} NOT NULL,
  step {text} NOT NULL,
  on_day {int} NOT NULL,
  effective_on {int} NOT NULL,
  ends_on {int} NOT NULL,
  number {text} NOT NULL,
  voting {text} NOT NULL,
  listed {int} NOT NULL,
  away {int} NOT NULL,
  barred {int} NOT NULL,
  votes_for {int} NOT NULL,
  votes_against {int} NOT NULL,
  note {text} NOT NULL,
  unit_id {id} NOT NULL,
  rulebook {text} NOT NULL,
  recorded_at {int} NOT NULL,
  recorded_by {text} NOT NULL,
  PRIMARY KEY (case_id, seq)
) {clustered};

-- begins_on: in force from; ends_on: planned end of an exemption; over_on: when the exemption ceased to hold. Days for ever
-- where there is none.
-- owner: person(case_id)
CREATE TABLE leaving_state (
  case_id {id} NOT NULL PRIMARY KEY,
  person_id {id} NOT NULL,
  kind {text} NOT NULL,
  ground {text} NOT NULL,
  opened_on {int} NOT NULL,
  phase {text} NOT NULL,
  is_open {int} NOT NULL,
  begins_on {int} NOT NULL,
  ends_on {int} NOT NULL,
  over_on {int} NOT NULL,
  due_on {int} NOT NULL
) {clustered};
CREATE INDEX leaving_state_person ON leaving_state (person_id);
CREATE INDEX leaving_state_open ON leaving_state (is_open);
CREATE INDEX leaving_state_begins ON leaving_state (kind, begins_on);
CREATE INDEX leaving_state_ends ON leaving_state (over_on, ends_on);
