-- Whether minutes of a branch may be taken along without network; no row is no. Set by the committee above.
-- owner: unit(unit_id)
CREATE TABLE meeting_offline (
  unit_id {id} NOT NULL,
  allowed {int} NOT NULL,
  recorded_at {int} NOT NULL,
  recorded_by {text} NOT NULL,
  PRIMARY KEY (unit_id)
) {clustered};
