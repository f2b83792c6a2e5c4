-- What a vote counted from, what is known about a candidate, where he moved to, why a former member left, and what base
-- committees reviewed. Rows are added, never overwritten.

-- The roll of a vote, beside the step of the same number: votes_base follows from it (X-03, X-05).
-- owner: person(candidate_id)
CREATE TABLE candidate_roll (
  candidate_id {id} NOT NULL,
  seq {int} NOT NULL,
  listed {int} NOT NULL,
  away {int} NOT NULL,
  barred {int} NOT NULL,
  votes_against {int} NOT NULL,
  PRIMARY KEY (candidate_id, seq)
) {clustered};

-- owner: person(person_id)
CREATE TABLE recognition_roll (
  person_id {id} NOT NULL,
  seq {int} NOT NULL,
  listed {int} NOT NULL,
  away {int} NOT NULL,
  barred {int} NOT NULL,
  votes_against {int} NOT NULL,
  PRIMARY KEY (person_id, seq)
) {clustered};

-- months: of a contract, a study, a secondment; 0 for others.
-- owner: person(candidate_id)
CREATE TABLE candidate_fact (
  candidate_id {id} NOT NULL,
  seq {int} NOT NULL,
  fact {text} NOT NULL,
  months {int} NOT NULL,
  on_day {int} NOT NULL,
  number {text} NOT NULL,
  note {text} NOT NULL,
  recorded_at {int} NOT NULL,
  recorded_by {text} NOT NULL,
  PRIMARY KEY (candidate_id, seq)
) {clustered};

-- A move while he is considered, beside the step of the same number (MEM-22).
-- owner: person(candidate_id)
CREATE TABLE candidate_move (
  candidate_id {id} NOT NULL,
  seq {int} NOT NULL,
  from_unit {id} NOT NULL,
  to_unit {id} NOT NULL,
  PRIMARY KEY (candidate_id, seq)
) {clustered};

-- Why a candidate who was a member before left (MEM-27).
-- owner: person(candidate_id)
CREATE TABLE candidate_left (
  candidate_id {id} NOT NULL PRIMARY KEY,
  reason {text} NOT NULL,
  paper {text} NOT NULL,
  cleared_on {int},
  recorded_at {int} NOT NULL,
  recorded_by {text} NOT NULL
) {clustered};

-- A base committee reviewed the lists of its branches in a month (MEM-03). month: year * 100 + month.
-- owner: unit(unit_id)
CREATE TABLE candidate_review (
  unit_id {id} NOT NULL,
  month {int} NOT NULL,
  seq {int} NOT NULL,
  on_day {int} NOT NULL,
  number {text} NOT NULL,
  note {text} NOT NULL,
  recorded_at {int} NOT NULL,
  recorded_by {text} NOT NULL,
  PRIMARY KEY (unit_id, month, seq)
) {clustered};
