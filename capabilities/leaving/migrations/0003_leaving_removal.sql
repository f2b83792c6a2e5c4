-- Of a complaint (EXI-12) against a removal that no case of here decided: the day of that decision, as typed in, and since
-- when the register has the member as having left; the number stands in leaving_case.
-- owner: person(case_id)
CREATE TABLE leaving_removal (
  case_id {id} NOT NULL PRIMARY KEY,
  decided_on {int} NOT NULL,
  left_on {int} NOT NULL
) {clustered};
