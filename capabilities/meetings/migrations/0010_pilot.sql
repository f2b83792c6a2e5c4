-- Branches that take part in the pilot of online meetings: from when until when, both included, by which decision.
-- owner: unit(unit_id)
CREATE TABLE meeting_pilot (
  unit_id {id} NOT NULL,
  pilot_no {int} NOT NULL,
  from_day {int} NOT NULL,
  to_day {int} NOT NULL,
  decision {text} NOT NULL,
  recorded_at {int} NOT NULL,
  recorded_by {text} NOT NULL,
  PRIMARY KEY (unit_id, pilot_no)
) {clustered};
