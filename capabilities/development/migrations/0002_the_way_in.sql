-- What the way in is made of besides its steps: who helps, who introduces, who was asked about the background, which papers
-- are there, how votes were taken. Rows are added, never overwritten: of several about the same thing the last counts.

-- Secret ballot or raised card, the deciding body, consent for somebody older: beside the step of the same number.
-- owner: person(candidate_id)
CREATE TABLE candidate_vote (
  candidate_id {id} NOT NULL,
  seq {int} NOT NULL,
  body {text} NOT NULL,
  form {text} NOT NULL,
  consent {text} NOT NULL,
  PRIMARY KEY (candidate_id, seq)
) {clustered};

-- owner: person(person_id)
CREATE TABLE recognition_vote (
  person_id {id} NOT NULL,
  seq {int} NOT NULL,
  body {text} NOT NULL,
  form {text} NOT NULL,
  PRIMARY KEY (person_id, seq)
) {clustered};

-- helper_id: the official member who is assigned or no longer helps; none for tasks and remarks.
-- owner: person(candidate_id)
CREATE TABLE candidate_help (
  candidate_id {id} NOT NULL,
  seq {int} NOT NULL,
  act {text} NOT NULL,
  helper_id {id},
  on_day {int} NOT NULL,
  note {text} NOT NULL,
  recorded_at {int} NOT NULL,
  recorded_by {text} NOT NULL,
  PRIMARY KEY (candidate_id, seq)
) {clustered};

-- step_seq: the step by which they introduced. since: together since; of a union the day of its resolution.
-- owner: person(candidate_id)
CREATE TABLE candidate_introducer (
  candidate_id {id} NOT NULL,
  step_seq {int} NOT NULL,
  seq {int} NOT NULL,
  kind {text} NOT NULL,
  introducer_id {id},
  since {int} NOT NULL,
  number {text} NOT NULL,
  PRIMARY KEY (candidate_id, step_seq, seq)
) {clustered};

-- owner: person(candidate_id)
CREATE TABLE candidate_check (
  candidate_id {id} NOT NULL,
  seq {int} NOT NULL,
  relation {text} NOT NULL,
  full_name {text} NOT NULL,
  way {text} NOT NULL,
  place {text} NOT NULL,
  abroad {int} NOT NULL,
  on_day {int} NOT NULL,
  note {text} NOT NULL,
  recorded_at {int} NOT NULL,
  recorded_by {text} NOT NULL,
  PRIMARY KEY (candidate_id, seq)
) {clustered};

-- owner: person(candidate_id)
CREATE TABLE candidate_answer (
  candidate_id {id} NOT NULL,
  seq {int} NOT NULL,
  on_day {int} NOT NULL,
  outcome {text} NOT NULL,
  verifier {text} NOT NULL,
  note {text} NOT NULL,
  recorded_at {int} NOT NULL,
  recorded_by {text} NOT NULL,
  PRIMARY KEY (candidate_id, seq)
) {clustered};

-- owner: person(candidate_id)
CREATE TABLE candidate_paper (
  candidate_id {id} NOT NULL,
  seq {int} NOT NULL,
  paper {text} NOT NULL,
  there {int} NOT NULL,
  on_day {int} NOT NULL,
  note {text} NOT NULL,
  recorded_at {int} NOT NULL,
  recorded_by {text} NOT NULL,
  PRIMARY KEY (candidate_id, seq)
) {clustered};

-- owner: person(person_id)
CREATE TABLE recognition_paper (
  person_id {id} NOT NULL,
  seq {int} NOT NULL,
  paper {text} NOT NULL,
  there {int} NOT NULL,
  on_day {int} NOT NULL,
  note {text} NOT NULL,
  recorded_at {int} NOT NULL,
  recorded_by {text} NOT NULL,
  PRIMARY KEY (person_id, seq)
) {clustered};

-- A candidate who was a member before: at the ceremony he becomes one again (MEM-27).
-- owner: person(candidate_id)
CREATE TABLE candidate_former (
  candidate_id {id} NOT NULL PRIMARY KEY,
  former_id {id} NOT NULL,
  consent {text} NOT NULL,
  recorded_at {int} NOT NULL,
  recorded_by {text} NOT NULL
) {clustered};
