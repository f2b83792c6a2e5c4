-- People on the way into the Party (phát triển đảng viên) and members on probation on the way to recognition. Steps are
-- not overwritten; where somebody stands follows from them.

-- owner: person(candidate_id)
CREATE TABLE candidate (
  candidate_id {id} NOT NULL PRIMARY KEY,
  unit_id {id} NOT NULL,
  full_name {text} NOT NULL,
  birth {int} NOT NULL,
  sex {int} NOT NULL,
  source {text} NOT NULL,
  workplace {text} NOT NULL,
  recorded_at {int} NOT NULL,
  recorded_by {text} NOT NULL
) {clustered};

-- person_id: the member a candidate became at the ceremony.
-- owner: person(candidate_id)
CREATE TABLE candidate_step (
  candidate_id {id} NOT NULL,
  seq {int} NOT NULL,
  step {text} NOT NULL,
  on_day {int} NOT NULL,
  number {text} NOT NULL,
  votes_for {int} NOT NULL,
  votes_base {int} NOT NULL,
  note {text} NOT NULL,
  person_id {id},
  rulebook {text} NOT NULL,
  recorded_at {int} NOT NULL,
  recorded_by {text} NOT NULL,
  PRIMARY KEY (candidate_id, seq)
) {clustered};

-- owner: person(person_id)
CREATE TABLE recognition_step (
  person_id {id} NOT NULL,
  seq {int} NOT NULL,
  step {text} NOT NULL,
  on_day {int} NOT NULL,
  number {text} NOT NULL,
  votes_for {int} NOT NULL,
  votes_base {int} NOT NULL,
  note {text} NOT NULL,
  rulebook {text} NOT NULL,
  recorded_at {int} NOT NULL,
  recorded_by {text} NOT NULL,
  PRIMARY KEY (person_id, seq)
) {clustered};

-- owner: unit(unit_id)
CREATE TABLE admission_target (
  unit_id {id} NOT NULL,
  year {int} NOT NULL,
  version {int} NOT NULL,
  wanted {int} NOT NULL,
  recorded_at {int} NOT NULL,
  recorded_by {text} NOT NULL,
  PRIMARY KEY (unit_id, year, version)
) {clustered};
