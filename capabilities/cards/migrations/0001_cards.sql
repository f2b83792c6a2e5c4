-- Membership cards (thẻ đảng viên), numbers of dossiers (số lý lịch), books of dossiers. Steps are only added;
-- card_state is where the steps of a member led, one small row to read lists from.

-- matter: 1 first issue, 2 exchange, 3 lost, 4 damaged; 0 none under way yet. checked_on: the last yearly check.
-- owner: person(person_id)
CREATE TABLE card_state (
  person_id {id} NOT NULL PRIMARY KEY,
  state {int} NOT NULL,
  model {int} NOT NULL,
  matter {int} NOT NULL,
  steps {int} NOT NULL,
  since {int} NOT NULL,
  checked_on {int} NOT NULL,
  hint {text} NOT NULL,
  changed_at {int} NOT NULL
) {clustered};
CREATE INDEX card_state_changed ON card_state (changed_at);

-- owner: person(person_id)
CREATE TABLE card_step (
  person_id {id} NOT NULL,
  seq {int} NOT NULL,
  step {text} NOT NULL,
  on_day {int} NOT NULL,
  matter {int} NOT NULL,
  model {int} NOT NULL,
  hint {text} NOT NULL,
  number {text} NOT NULL,
  note {text} NOT NULL,
  rulebook {text} NOT NULL,
  recorded_at {int} NOT NULL,
  recorded_by {text} NOT NULL,
  PRIMARY KEY (person_id, seq)
) {clustered};

-- Keeps old card numbers unique without storing them: the key is a keyed hash.
-- owner: local
CREATE TABLE card_key (
  key_hash {bytes} NOT NULL PRIMARY KEY,
  person_id {id} NOT NULL
) {clustered};

-- Blocks of dossier numbers allotted to the organisations directly under the city.
-- owner: unit(unit_id)
CREATE TABLE lot_block (
  unit_id {id} NOT NULL,
  seq {int} NOT NULL,
  first_no {int} NOT NULL,
  last_no {int} NOT NULL,
  letters {text} NOT NULL,
  headcount {int} NOT NULL,
  on_day {int} NOT NULL,
  number {text} NOT NULL,
  rulebook {text} NOT NULL,
  recorded_at {int} NOT NULL,
  recorded_by {text} NOT NULL,
  PRIMARY KEY (unit_id, seq)
) {clustered};

-- The November reports on the use of numbers.
-- owner: unit(unit_id)
CREATE TABLE lot_report (
  unit_id {id} NOT NULL,
  year {int} NOT NULL,
  seq {int} NOT NULL,
  allotted {int} NOT NULL,
  used {int} NOT NULL,
  on_day {int} NOT NULL,
  recorded_at {int} NOT NULL,
  recorded_by {text} NOT NULL,
  PRIMARY KEY (unit_id, year, seq)
) {clustered};

-- owner: person(person_id)
CREATE TABLE lot_number (
  person_id {id} NOT NULL,
  seq {int} NOT NULL,
  file_number {text} NOT NULL,
  unit_id {id} NOT NULL,
  on_day {int} NOT NULL,
  rulebook {text} NOT NULL,
  recorded_at {int} NOT NULL,
  recorded_by {text} NOT NULL,
  PRIMARY KEY (person_id, seq)
) {clustered};

-- No number twice, whoever has it.
-- owner: local
CREATE TABLE lot_key (
  file_number {text} NOT NULL PRIMARY KEY,
  person_id {id} NOT NULL
) {clustered};

-- Dossiers out for reading; is_out is 1 until a file_return says it is back.
-- owner: person(person_id)
CREATE TABLE file_loan (
  person_id {id} NOT NULL,
  seq {int} NOT NULL,
  unit_id {id} NOT NULL,
  borrower {text} NOT NULL,
  purpose {text} NOT NULL,
  consent {text} NOT NULL,
  out_on {int} NOT NULL,
  due_on {int} NOT NULL,
  is_out {int} NOT NULL,
  rulebook {text} NOT NULL,
  recorded_at {int} NOT NULL,
  recorded_by {text} NOT NULL,
  PRIMARY KEY (person_id, seq)
) {clustered};
CREATE INDEX file_loan_out ON file_loan (is_out);
CREATE INDEX file_loan_unit ON file_loan (unit_id, out_on);

-- owner: person(person_id)
CREATE TABLE file_return (
  person_id {id} NOT NULL,
  seq {int} NOT NULL,
  on_day {int} NOT NULL,
  note {text} NOT NULL,
  recorded_at {int} NOT NULL,
  recorded_by {text} NOT NULL,
  PRIMARY KEY (person_id, seq)
) {clustered};

-- The list of members against the dossiers, every six months.
-- owner: unit(unit_id)
CREATE TABLE file_check (
  unit_id {id} NOT NULL,
  seq {int} NOT NULL,
  on_day {int} NOT NULL,
  listed {int} NOT NULL,
  found {int} NOT NULL,
  rulebook {text} NOT NULL,
  recorded_at {int} NOT NULL,
  recorded_by {text} NOT NULL,
  PRIMARY KEY (unit_id, seq)
) {clustered};

-- side: 1 on the list without a dossier, 2 a dossier not on the list.
-- owner: unit(unit_id)
CREATE TABLE file_gap (
  unit_id {id} NOT NULL,
  seq {int} NOT NULL,
  line {int} NOT NULL,
  side {int} NOT NULL,
  what {text} NOT NULL,
  PRIMARY KEY (unit_id, seq, line)
) {clustered};

-- Dossiers handed from one keeper to the next.
-- owner: unit(unit_id)
CREATE TABLE file_handover (
  unit_id {id} NOT NULL,
  seq {int} NOT NULL,
  on_day {int} NOT NULL,
  giver {text} NOT NULL,
  taker {text} NOT NULL,
  dossiers {int} NOT NULL,
  minutes {text} NOT NULL,
  note {text} NOT NULL,
  recorded_at {int} NOT NULL,
  recorded_by {text} NOT NULL,
  PRIMARY KEY (unit_id, seq)
) {clustered};
