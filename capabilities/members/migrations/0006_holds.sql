-- What stops an official transfer of a member (TRF-05): raised and lifted by whoever inspects, audits or answers a complaint,
-- each under a source of its own, so that lifting one leaves the others. Only the committee above the branch sees why.
-- owner: person(person_id)
CREATE TABLE member_hold (
  person_id {id} NOT NULL,
  source {text} NOT NULL,
  seq {int} NOT NULL,
  raised {int} NOT NULL,
  ground {text} NOT NULL,
  reason {text} NOT NULL,
  on_day {int} NOT NULL,
  recorded_at {int} NOT NULL,
  recorded_by {text} NOT NULL,
  PRIMARY KEY (person_id, source, seq)
) {clustered};
