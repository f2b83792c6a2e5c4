-- Steps on the way to a badge (Huy hiệu Đảng). Nothing is overwritten: the steps of a member and a badge, in order of
-- seq, say where it stands. award_on is the award day it is meant for; unit_id the branch when the step was taken.

-- owner: person(person_id)
CREATE TABLE badge_step (
  person_id {id} NOT NULL,
  years {int} NOT NULL,
  seq {int} NOT NULL,
  step {text} NOT NULL,
  on_day {int} NOT NULL,
  award_on {int} NOT NULL,
  unit_id {id} NOT NULL,
  ground {text} NOT NULL,
  discipline {text} NOT NULL,
  disciplined_on {int} NOT NULL,
  number {text} NOT NULL,
  serial {text} NOT NULL,
  note {text} NOT NULL,
  rulebook {text} NOT NULL,
  recorded_at {int} NOT NULL,
  recorded_by {text} NOT NULL,
  PRIMARY KEY (person_id, years, seq)
) {clustered};
CREATE INDEX badge_step_award ON badge_step (award_on);
