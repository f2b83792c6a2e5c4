-- Which body took a decision (MEM-20, EXI-02, EXI-11), by code; decisions from before, and those of the branch, have none.
-- owner: person(case_id)
CREATE TABLE leaving_decider (
  case_id {id} NOT NULL,
  seq {int} NOT NULL,
  body {text} NOT NULL,
  PRIMARY KEY (case_id, seq)
) {clustered};
