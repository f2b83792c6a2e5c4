-- Transfers of membership (chuyển sinh hoạt đảng) between branches of the register. Boxes are the committees that sign, in
-- order; steps are not overwritten; where a transfer stands follows from them.

-- owner: person(transfer_id)
CREATE TABLE transfer (
  transfer_id {id} NOT NULL PRIMARY KEY,
  person_id {id} NOT NULL,
  cause_on {int} NOT NULL,
  reason {text} NOT NULL,
  recorded_at {int} NOT NULL,
  recorded_by {text} NOT NULL
) {clustered};

CREATE INDEX transfer_person ON transfer (person_id);

-- side: 1 sender, 2 the committee above both, 3 receiver.
-- owner: person(transfer_id)
CREATE TABLE transfer_box (
  transfer_id {id} NOT NULL,
  seq {int} NOT NULL,
  unit_id {id} NOT NULL,
  side {int} NOT NULL,
  PRIMARY KEY (transfer_id, seq)
) {clustered};

-- owner: person(transfer_id)
CREATE TABLE transfer_step (
  transfer_id {id} NOT NULL,
  seq {int} NOT NULL,
  step {text} NOT NULL,
  on_day {int} NOT NULL,
  number {text} NOT NULL,
  note {text} NOT NULL,
  rulebook {text} NOT NULL,
  recorded_at {int} NOT NULL,
  recorded_by {text} NOT NULL,
  PRIMARY KEY (transfer_id, seq)
) {clustered};

-- What stops a transfer (TRF-05): raised and lifted by whoever inspects or answers a complaint; never says which.
-- owner: person(person_id)
CREATE TABLE transfer_hold (
  person_id {id} NOT NULL,
  seq {int} NOT NULL,
  raised {int} NOT NULL,
  on_day {int} NOT NULL,
  recorded_at {int} NOT NULL,
  recorded_by {text} NOT NULL,
  PRIMARY KEY (person_id, seq)
) {clustered};
