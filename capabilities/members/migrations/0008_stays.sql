-- Temporary stays (TRF-07): where a member takes part and pays his fee for a time, while his own branch counts him. Of a stay
-- the last row counts: it begins open, and is said again with its end. unit_id is NULL for a stay outside the register.
-- owner: person(person_id)
CREATE TABLE member_stay (
  person_id {id} NOT NULL,
  stay_id {id} NOT NULL,
  seq {int} NOT NULL,
  unit_id {id},
  from_on {int} NOT NULL,
  to_on {int} NOT NULL,
  recorded_at {int} NOT NULL,
  recorded_by {text} NOT NULL,
  PRIMARY KEY (person_id, stay_id, seq)
) {clustered};

CREATE INDEX member_stay_to ON member_stay (to_on);
