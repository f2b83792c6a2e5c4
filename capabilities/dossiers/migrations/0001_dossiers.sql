-- The dossier of a member (hồ sơ đảng viên). Nothing is overwritten or erased (DOS-01): a later row takes the place of an
-- earlier one, which keeps when it was superseded.

-- Dated items by part of the printed sheet. `shown` are the open fields as JSON, `sealed` the secret ones as one sealed
-- text, `filled` the codes of the secret fields that hold something.
-- owner: person(person_id)
CREATE TABLE dossier_item (
  person_id {id} NOT NULL,
  item_id {id} NOT NULL,
  recorded_at {int} NOT NULL,
  part {text} NOT NULL,
  valid_from {int} NOT NULL,
  valid_to {int} NOT NULL,
  superseded_at {int} NOT NULL,
  shown {text} NOT NULL,
  sealed {bytes} NOT NULL,
  filled {text} NOT NULL,
  consent {text} NOT NULL,
  recorded_by {text} NOT NULL,
  PRIMARY KEY (person_id, item_id, recorded_at)
) {clustered};

-- Whether a document is there. `slot` tells several of one code apart: the year of a yearly one, else 0, 1, 2 …
-- owner: person(person_id)
CREATE TABLE dossier_paper (
  person_id {id} NOT NULL,
  code {text} NOT NULL,
  slot {int} NOT NULL,
  recorded_at {int} NOT NULL,
  superseded_at {int} NOT NULL,
  state {text} NOT NULL,
  number {text} NOT NULL,
  on_day {int},
  issuer {text} NOT NULL,
  note {text} NOT NULL,
  recorded_by {text} NOT NULL,
  PRIMARY KEY (person_id, code, slot, recorded_at)
) {clustered};

-- The index (mục lục) as confirmed: who, when, what was missing then.
-- owner: person(person_id)
CREATE TABLE dossier_index (
  person_id {id} NOT NULL,
  seq {int} NOT NULL,
  on_day {int} NOT NULL,
  signer {text} NOT NULL,
  there {int} NOT NULL,
  missing {text} NOT NULL,
  rulebook {text} NOT NULL,
  recorded_at {int} NOT NULL,
  recorded_by {text} NOT NULL,
  PRIMARY KEY (person_id, seq)
) {clustered};

-- Scans of documents, and the photo (code `photo`). `stored` names the sealed file in the files area, `digest` is the
-- SHA-256 of what was sealed.
-- owner: person(person_id)
CREATE TABLE dossier_scan (
  person_id {id} NOT NULL,
  code {text} NOT NULL,
  slot {int} NOT NULL,
  recorded_at {int} NOT NULL,
  superseded_at {int} NOT NULL,
  stored {text} NOT NULL,
  digest {text} NOT NULL,
  media {text} NOT NULL,
  bytes {int} NOT NULL,
  recorded_by {text} NOT NULL,
  PRIMARY KEY (person_id, code, slot, recorded_at)
) {clustered};

-- Changes of name with their paper and decision (EXI-16).
-- owner: person(person_id)
CREATE TABLE dossier_name (
  person_id {id} NOT NULL,
  seq {int} NOT NULL,
  old_name {text} NOT NULL,
  new_name {text} NOT NULL,
  on_day {int} NOT NULL,
  paper {text} NOT NULL,
  decision {text} NOT NULL,
  recorded_at {int} NOT NULL,
  recorded_by {text} NOT NULL,
  PRIMARY KEY (person_id, seq)
) {clustered};

-- Yearly supplements (3-HSĐV): asked for, received, forwarded. `changed` are the changed items of the sheet, K for none.
-- owner: person(person_id)
CREATE TABLE dossier_supplement (
  person_id {id} NOT NULL,
  year {int} NOT NULL,
  step {int} NOT NULL,
  recorded_at {int} NOT NULL,
  superseded_at {int} NOT NULL,
  unit_id {id} NOT NULL,
  on_day {int} NOT NULL,
  changed {text} NOT NULL,
  note {text} NOT NULL,
  recorded_by {text} NOT NULL,
  PRIMARY KEY (person_id, year, step, recorded_at)
) {clustered};

CREATE INDEX dossier_supplement_year ON dossier_supplement (year, unit_id);

-- How complete a dossier was when something in it was last changed: derived, for lists over many.
-- owner: person(person_id)
CREATE TABLE dossier_sum (
  person_id {id} NOT NULL PRIMARY KEY,
  recorded_at {int} NOT NULL,
  needed {int} NOT NULL,
  there {int} NOT NULL,
  first_needed {int} NOT NULL,
  first_there {int} NOT NULL,
  tolerated {int} NOT NULL,
  confirmed {int} NOT NULL
) {clustered};

CREATE INDEX dossier_sum_recorded ON dossier_sum (recorded_at);
