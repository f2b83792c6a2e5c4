-- What the branch of a temporary stay remarks on somebody on probation before his home branch votes (MEM-35). The stay itself is
-- a fact of members. Rows are added, never overwritten: the last counts. unit_id: where it was written down.
-- opinion: for, against.

-- owner: person(person_id)
CREATE TABLE recognition_remark (
  person_id {id} NOT NULL,
  seq {int} NOT NULL,
  unit_id {id} NOT NULL,
  on_day {int} NOT NULL,
  opinion {text} NOT NULL,
  number {text} NOT NULL,
  note {text} NOT NULL,
  recorded_at {int} NOT NULL,
  recorded_by {text} NOT NULL,
  PRIMARY KEY (person_id, seq)
) {clustered};
