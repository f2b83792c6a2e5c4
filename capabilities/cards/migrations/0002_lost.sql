-- A lost dossier (DOS-09): reported, investigated, agreed to, made again piece by piece, whole or found. Steps are only
-- added; where a case stands follows from them.

-- item: which piece was made again, empty for every other step. unit_id: the committee whose act it was.
-- owner: person(person_id)
CREATE TABLE file_lost (
  person_id {id} NOT NULL,
  seq {int} NOT NULL,
  step {text} NOT NULL,
  item {text} NOT NULL,
  unit_id {id} NOT NULL,
  on_day {int} NOT NULL,
  who {text} NOT NULL,
  number {text} NOT NULL,
  note {text} NOT NULL,
  rulebook {text} NOT NULL,
  recorded_at {int} NOT NULL,
  recorded_by {text} NOT NULL,
  PRIMARY KEY (person_id, seq)
) {clustered};
