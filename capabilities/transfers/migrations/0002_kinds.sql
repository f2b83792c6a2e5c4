-- More kinds of transfer, what is carried, temporary stays, contact with the branch of residence, checks of notices.

-- What kind of transfer it is; one without a row is official, inside the register.
-- owner: person(transfer_id)
CREATE TABLE transfer_kind (
  transfer_id {id} NOT NULL PRIMARY KEY,
  kind {int} NOT NULL,
  purpose_no {int} NOT NULL,
  outside {text} NOT NULL,
  outside_province {text} NOT NULL,
  outside_no {text} NOT NULL,
  from_abroad {int} NOT NULL,
  begins_on {int} NOT NULL,
  until_on {int} NOT NULL
) {clustered};

-- Notices of a quarter are found by day (TRF-11).
CREATE INDEX transfer_step_day ON transfer_step (on_day);

-- Work list: transfers with a paper under way (stay 0) or a temporary stay that runs (stay 1). Derived from the steps.
-- owner: person(transfer_id)
CREATE TABLE transfer_open (
  transfer_id {id} NOT NULL PRIMARY KEY,
  stay {int} NOT NULL
) {clustered};

INSERT INTO transfer_open (transfer_id, stay)
SELECT t.transfer_id, 0 FROM transfer t
WHERE NOT EXISTS (SELECT 1 FROM transfer_step s WHERE s.transfer_id = t.transfer_id AND s.step <> 'signed')
AND (SELECT COUNT(*) FROM transfer_step s WHERE s.transfer_id = t.transfer_id)
  < (SELECT COUNT(*) FROM transfer_box b WHERE b.transfer_id = t.transfer_id);

-- Somebody who comes from outside and is not in the register until the last box is signed.
-- owner: person(transfer_id)
CREATE TABLE transfer_newcomer (
  transfer_id {id} NOT NULL PRIMARY KEY,
  full_name {text} NOT NULL,
  birth {int} NOT NULL,
  sex {int} NOT NULL,
  admitted {int},
  official {int},
  home_town {text} NOT NULL,
  job_title {text} NOT NULL,
  workplace {text} NOT NULL
) {clustered};

-- What happens during a temporary stay: extended, back in the country, returned.
-- owner: person(transfer_id)
CREATE TABLE transfer_turn (
  transfer_id {id} NOT NULL,
  seq {int} NOT NULL,
  turn {text} NOT NULL,
  on_day {int} NOT NULL,
  until_on {int} NOT NULL,
  number {text} NOT NULL,
  note {text} NOT NULL,
  recorded_at {int} NOT NULL,
  recorded_by {text} NOT NULL,
  PRIMARY KEY (transfer_id, seq)
) {clustered};

-- What is carried (TRF-04), version by version; what is asked: 1 yes, 0 no.
-- owner: person(transfer_id)
CREATE TABLE transfer_carried (
  transfer_id {id} NOT NULL,
  seq {int} NOT NULL,
  with_sheet {int} NOT NULL,
  with_card {int} NOT NULL,
  with_dossier {int} NOT NULL,
  index_confirmed {int} NOT NULL,
  with_review {int} NOT NULL,
  with_notices {int} NOT NULL,
  fee_through {int},
  recorded_at {int} NOT NULL,
  recorded_by {text} NOT NULL,
  PRIMARY KEY (transfer_id, seq)
) {clustered};

-- Working members introduced to keep contact with the branch where they live (TRF-15). A branch outside the register is a
-- text.
-- owner: person(person_id)
CREATE TABLE transfer_contact (
  person_id {id} NOT NULL,
  contact_id {id} NOT NULL,
  unit_id {id},
  outside {text} NOT NULL,
  since {int} NOT NULL,
  number {text} NOT NULL,
  recorded_at {int} NOT NULL,
  recorded_by {text} NOT NULL,
  PRIMARY KEY (person_id, contact_id)
) {clustered};

CREATE INDEX transfer_contact_unit ON transfer_contact (unit_id);

-- owner: person(person_id)
CREATE TABLE transfer_contact_end (
  person_id {id} NOT NULL,
  contact_id {id} NOT NULL,
  on_day {int} NOT NULL,
  note {text} NOT NULL,
  recorded_at {int} NOT NULL,
  recorded_by {text} NOT NULL,
  PRIMARY KEY (person_id, contact_id)
) {clustered};

-- Remarks of a year, version by version: the last one holds. 1 good contact, 2 not regular, 3 none.
-- owner: person(person_id)
CREATE TABLE transfer_remark (
  person_id {id} NOT NULL,
  contact_id {id} NOT NULL,
  year {int} NOT NULL,
  seq {int} NOT NULL,
  remark_no {int} NOT NULL,
  note {text} NOT NULL,
  recorded_at {int} NOT NULL,
  recorded_by {text} NOT NULL,
  PRIMARY KEY (person_id, contact_id, year, seq)
) {clustered};

-- Base committees that checked the notices of a quarter (TRF-11); quarter: year * 4 + 0…3.
-- owner: unit(unit_id)
CREATE TABLE notice_check (
  unit_id {id} NOT NULL,
  quarter {int} NOT NULL,
  seq {int} NOT NULL,
  on_day {int} NOT NULL,
  counted {int} NOT NULL,
  note {text} NOT NULL,
  recorded_at {int} NOT NULL,
  recorded_by {text} NOT NULL,
  PRIMARY KEY (unit_id, quarter, seq)
) {clustered};
