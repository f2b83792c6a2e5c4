-- Quarterly briefings (giao ban quý) of a committee with the secretaries of its branches.

-- quarter: its first month. state: 1 open, 2 closed. absent: branches whose secretary did not come, by spaces.
-- owner: unit(unit_id)
CREATE TABLE meeting_briefing (
  unit_id {id} NOT NULL,
  briefing_no {int} NOT NULL,
  quarter {int} NOT NULL,
  on_day {int} NOT NULL,
  state {int} NOT NULL,
  version {int} NOT NULL,
  agenda {text} NOT NULL,
  minutes {text} NOT NULL,
  absent {text} NOT NULL,
  recorded_at {int} NOT NULL,
  recorded_by {text} NOT NULL,
  PRIMARY KEY (unit_id, briefing_no)
) {clustered};

-- What a branch has to do after a briefing. done_on: far in the future while it is open.
-- owner: unit(unit_id)
CREATE TABLE meeting_briefing_task (
  unit_id {id} NOT NULL,
  briefing_no {int} NOT NULL,
  task_no {int} NOT NULL,
  branch_id {id} NOT NULL,
  what {text} NOT NULL,
  due {int} NOT NULL,
  done_on {int} NOT NULL,
  recorded_at {int} NOT NULL,
  recorded_by {text} NOT NULL,
  PRIMARY KEY (unit_id, briefing_no, task_no)
) {clustered};
