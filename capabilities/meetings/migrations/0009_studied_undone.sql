-- A mark that a branch studied a resolution which turned out to be wrong: taken back with its reason, and kept.
-- owner: unit(unit_id)
CREATE TABLE meeting_study_undone (
  unit_id {id} NOT NULL,
  committee_id {id} NOT NULL,
  study_no {int} NOT NULL,
  undone_no {int} NOT NULL,
  meeting_no {int} NOT NULL,
  on_day {int} NOT NULL,
  reason {text} NOT NULL,
  recorded_at {int} NOT NULL,
  recorded_by {text} NOT NULL,
  PRIMARY KEY (unit_id, committee_id, study_no, undone_no)
) {clustered};
