-- Decisions of admission and recognition that were cancelled (MEM-41). What is done again stands as a step in the course of the
-- candidate or of the recognition; here stands why.
-- decision: admission, recognition. flaw: standard, authority, procedure. redo: branch, committee, decision, or empty.

-- owner: person(person_id)
CREATE TABLE admission_annulment (
  person_id {id} NOT NULL,
  seq {int} NOT NULL,
  decision {text} NOT NULL,
  flaw {text} NOT NULL,
  redo {text} NOT NULL,
  number {text} NOT NULL,
  on_day {int} NOT NULL,
  reason {text} NOT NULL,
  unit_id {id} NOT NULL,
  rulebook {text} NOT NULL,
  recorded_at {int} NOT NULL,
  recorded_by {text} NOT NULL,
  PRIMARY KEY (person_id, seq)
) {clustered};
