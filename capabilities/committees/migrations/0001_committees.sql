-- Committees: terms, acts of filling an office with their candidates, approvals, and what ends offices (ORG-17, ORG-20…29).
-- Nothing is overwritten. Open ends are Day::FOREVER.

-- The newest version of an ordinal counts.
-- owner: unit(unit_id)
CREATE TABLE committee_term (
  unit_id {id} NOT NULL,
  ordinal {int} NOT NULL,
  version {int} NOT NULL,
  congress_on {int} NOT NULL,
  valid_from {int} NOT NULL,
  valid_to {int} NOT NULL,
  committee {int} NOT NULL,
  standing_seats {int} NOT NULL,
  deputies {int} NOT NULL,
  inspection {int} NOT NULL,
  origin {text} NOT NULL,
  note {text} NOT NULL,
  rulebook {text} NOT NULL,
  recorded_at {int} NOT NULL,
  recorded_by {text} NOT NULL,
  PRIMARY KEY (unit_id, ordinal, version)
) {clustered};

-- An election, appointment or addition; figures are 0 where there was no vote.
-- owner: unit(unit_id)
CREATE TABLE committee_act (
  unit_id {id} NOT NULL,
  act_no {int} NOT NULL,
  ordinal {int} NOT NULL,
  how {text} NOT NULL,
  role {int} NOT NULL,
  on_day {int} NOT NULL,
  seats {int} NOT NULL,
  gathering {text} NOT NULL,
  summoned {int} NOT NULL,
  barred {int} NOT NULL,
  elsewhere {int} NOT NULL,
  excused {int} NOT NULL,
  present {int} NOT NULL,
  issued {int} NOT NULL,
  returned {int} NOT NULL,
  valid {int} NOT NULL,
  number {text} NOT NULL,
  authority {text} NOT NULL,
  proposal {text} NOT NULL,
  consent {text} NOT NULL,
  rulebook {text} NOT NULL,
  recorded_at {int} NOT NULL,
  recorded_by {text} NOT NULL,
  PRIMARY KEY (unit_id, act_no)
) {clustered};

-- owner: unit(unit_id)
CREATE TABLE committee_choice (
  unit_id {id} NOT NULL,
  act_no {int} NOT NULL,
  place {int} NOT NULL,
  person_id {id} NOT NULL,
  votes {int} NOT NULL,
  outcome {text} NOT NULL,
  PRIMARY KEY (unit_id, act_no, place)
) {clustered};

-- Steps of the approval of everything a unit elected on one day; the last says where it stands.
-- owner: unit(unit_id)
CREATE TABLE committee_approval (
  unit_id {id} NOT NULL,
  result_on {int} NOT NULL,
  seq {int} NOT NULL,
  step {text} NOT NULL,
  on_day {int} NOT NULL,
  number {text} NOT NULL,
  note {text} NOT NULL,
  rulebook {text} NOT NULL,
  recorded_at {int} NOT NULL,
  recorded_by {text} NOT NULL,
  PRIMARY KEY (unit_id, result_on, seq)
) {clustered};
CREATE INDEX committee_approval_result ON committee_approval (result_on);

-- What ends somebody's offices in a unit, or does not. A row with another of_no than 0 withdraws that one.
-- owner: unit(unit_id)
CREATE TABLE committee_leaving (
  unit_id {id} NOT NULL,
  leaving_no {int} NOT NULL,
  of_no {int} NOT NULL,
  person_id {id} NOT NULL,
  ground {text} NOT NULL,
  on_day {int} NOT NULL,
  number {text} NOT NULL,
  consent {text} NOT NULL,
  rulebook {text} NOT NULL,
  recorded_at {int} NOT NULL,
  recorded_by {text} NOT NULL,
  PRIMARY KEY (unit_id, leaving_no)
) {clustered};
