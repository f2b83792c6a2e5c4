-- Which body took a decision (MEM-20), by its code; decisions from before have none.
-- owner: person(person_id)
CREATE TABLE screening_decider (
  person_id {id} NOT NULL,
  campaign_id {id} NOT NULL,
  seq {int} NOT NULL,
  body {text} NOT NULL,
  PRIMARY KEY (person_id, campaign_id, seq)
) {clustered};
