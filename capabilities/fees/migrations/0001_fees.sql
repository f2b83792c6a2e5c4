-- Party fees (đảng phí). Months are counted from January of year 0, amounts are whole đồng. Nothing is overwritten: a book is
-- written anew with the next version, and the version before is superseded.

-- What a member pays by, from a month on: the row with the greatest seq among those begun holds. The base (salary, pension) is
-- sealed for its owner; empty when the category needs none.
-- owner: person(person_id)
CREATE TABLE fee_category (
  person_id {id} NOT NULL,
  seq {int} NOT NULL,
  from_month {int} NOT NULL,
  category {int} NOT NULL,
  ground {text} NOT NULL,
  region {int} NOT NULL,
  base {bytes} NOT NULL,
  note {text} NOT NULL,
  recorded_at {int} NOT NULL,
  recorded_by {text} NOT NULL,
  PRIMARY KEY (person_id, seq)
) {clustered};

-- The book of a branch and month with its totals, written in one transaction with its lines. closed: 0 open, 1 closed.
-- owner: unit(unit_id)
CREATE TABLE fee_book (
  unit_id {id} NOT NULL,
  month {int} NOT NULL,
  version {int} NOT NULL,
  closed {int} NOT NULL,
  members {int} NOT NULL,
  liable {int} NOT NULL,
  payers {int} NOT NULL,
  excused {int} NOT NULL,
  exempt {int} NOT NULL,
  due {int} NOT NULL,
  collected {int} NOT NULL,
  back {int} NOT NULL,
  ahead {int} NOT NULL,
  extra {int} NOT NULL,
  reason {text} NOT NULL,
  recorded_at {int} NOT NULL,
  recorded_by {text} NOT NULL,
  superseded_at {int} NOT NULL,
  PRIMARY KEY (unit_id, month, version)
) {clustered};
CREATE INDEX fee_book_month ON fee_book (month, superseded_at);

-- A member and a month in a book. book_month is the month of the book, for_month the month it is for.
-- owner: unit(unit_id)
CREATE TABLE fee_line (
  unit_id {id} NOT NULL,
  book_month {int} NOT NULL,
  version {int} NOT NULL,
  person_id {id} NOT NULL,
  for_month {int} NOT NULL,
  closed {int} NOT NULL,
  state {int} NOT NULL,
  due {int} NOT NULL,
  amount {int} NOT NULL,
  way {text} NOT NULL,
  receipt {text} NOT NULL,
  reason {text} NOT NULL,
  note {text} NOT NULL,
  rulebook {text} NOT NULL,
  superseded_at {int} NOT NULL,
  PRIMARY KEY (unit_id, book_month, version, person_id, for_month)
) {clustered};
CREATE INDEX fee_line_person ON fee_line (person_id, for_month);

-- Months that closed books say are not paid; settled when a closed book says they are.
-- owner: person(person_id)
CREATE TABLE fee_arrear (
  person_id {id} NOT NULL,
  month {int} NOT NULL,
  seq {int} NOT NULL,
  unit_id {id} NOT NULL,
  reason {text} NOT NULL,
  opened_on {int} NOT NULL,
  settled_on {int} NOT NULL,
  PRIMARY KEY (person_id, month, seq)
) {clustered};
CREATE INDEX fee_arrear_open ON fee_arrear (settled_on, month);

-- What a unit passes to the one above, step by step: sent, received (with what arrived), withdrawn.
-- owner: unit(unit_id)
CREATE TABLE fee_remittance (
  unit_id {id} NOT NULL,
  no {int} NOT NULL,
  to_unit {id} NOT NULL,
  from_month {int} NOT NULL,
  to_month {int} NOT NULL,
  base {int} NOT NULL,
  expected {int} NOT NULL,
  sent {int} NOT NULL,
  sent_on {int} NOT NULL,
  number {text} NOT NULL,
  note {text} NOT NULL,
  rulebook {text} NOT NULL,
  recorded_at {int} NOT NULL,
  recorded_by {text} NOT NULL,
  PRIMARY KEY (unit_id, no)
) {clustered};
CREATE INDEX fee_remittance_to ON fee_remittance (to_unit, to_month);

-- state: 1 received, 2 withdrawn by the sender.
-- owner: unit(unit_id)
CREATE TABLE fee_remittance_end (
  unit_id {id} NOT NULL,
  no {int} NOT NULL,
  state {int} NOT NULL,
  amount {int} NOT NULL,
  on_day {int} NOT NULL,
  number {text} NOT NULL,
  note {text} NOT NULL,
  recorded_at {int} NOT NULL,
  recorded_by {text} NOT NULL,
  PRIMARY KEY (unit_id, no)
) {clustered};

-- What committees of a level keep, set by a committee for itself and everything under it; the nearest one holds.
-- owner: unit(unit_id)
CREATE TABLE fee_share (
  unit_id {id} NOT NULL,
  level {text} NOT NULL,
  seq {int} NOT NULL,
  from_month {int} NOT NULL,
  part {int} NOT NULL,
  whole {int} NOT NULL,
  reason {text} NOT NULL,
  recorded_at {int} NOT NULL,
  recorded_by {text} NOT NULL,
  PRIMARY KEY (unit_id, level, seq)
) {clustered};
