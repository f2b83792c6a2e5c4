-- Meetings of branches (sinh hoạt chi bộ). An open meeting is a draft and is written over; what was closed is kept whole in
-- meeting_closing and corrected only by another closing with its reason.

-- kind: 1 regular, 2 thematic, 3 both in turn, 4 extraordinary. state: 1 open, 2 closed. month: months since year 0.
-- begins, ends: minutes of the day. posted_*: days on which documents and conclusion were posted.
-- owner: unit(unit_id)
CREATE TABLE meeting (
  unit_id {id} NOT NULL,
  meeting_no {int} NOT NULL,
  kind {int} NOT NULL,
  month {int} NOT NULL,
  state {int} NOT NULL,
  version {int} NOT NULL,
  on_day {int},
  begins {int},
  ends {int},
  place {text} NOT NULL,
  chair_id {id},
  secretary_id {id},
  guests {text} NOT NULL,
  ideology {int} NOT NULL,
  report {text} NOT NULL,
  discussion {text} NOT NULL,
  conclusion {text} NOT NULL,
  ticks {text} NOT NULL,
  prepared {int} NOT NULL,
  noticed_on {int},
  posted_documents {int},
  posted_conclusion {int},
  recorded_at {int} NOT NULL,
  recorded_by {text} NOT NULL,
  PRIMARY KEY (unit_id, meeting_no)
) {clustered};

CREATE INDEX meeting_of_month ON meeting (unit_id, month);

-- part: 1 regular, 2 thematic. topic: code of a required topic, or empty.
-- owner: unit(unit_id)
CREATE TABLE meeting_item (
  unit_id {id} NOT NULL,
  meeting_no {int} NOT NULL,
  seq {int} NOT NULL,
  part {int} NOT NULL,
  topic {text} NOT NULL,
  title {text} NOT NULL,
  PRIMARY KEY (unit_id, meeting_no, seq)
) {clustered};

-- presence: 1 present, 2 excused, 3 without a reason, 4 exempted and absent. spoke_on: items of the agenda, "1,3".
-- owner: unit(unit_id)
CREATE TABLE meeting_roll (
  unit_id {id} NOT NULL,
  meeting_no {int} NOT NULL,
  member_id {id} NOT NULL,
  presence {int} NOT NULL,
  reason {text} NOT NULL,
  spoke_on {text} NOT NULL,
  PRIMARY KEY (unit_id, meeting_no, member_id)
) {clustered};

-- form: how they voted; base: the denominator by X-03, with how many of it were there.
-- owner: unit(unit_id)
CREATE TABLE meeting_vote (
  unit_id {id} NOT NULL,
  meeting_no {int} NOT NULL,
  seq {int} NOT NULL,
  subject {text} NOT NULL,
  form {text} NOT NULL,
  base {int} NOT NULL,
  voters {int} NOT NULL,
  yes {int} NOT NULL,
  no_votes {int} NOT NULL,
  blank {int} NOT NULL,
  invalid {int} NOT NULL,
  PRIMARY KEY (unit_id, meeting_no, seq)
) {clustered};

-- Assignments. outcome: 0 open, 1 done in time, 2 done late, 3 dropped with a reason. They follow the member, whatever his branch.
-- owner: unit(unit_id)
CREATE TABLE meeting_task (
  unit_id {id} NOT NULL,
  task_id {id} NOT NULL,
  meeting_no {int} NOT NULL,
  member_id {id} NOT NULL,
  what {text} NOT NULL,
  product {text} NOT NULL,
  due {int} NOT NULL,
  outcome {int} NOT NULL,
  done_on {int},
  note {text} NOT NULL,
  recorded_at {int} NOT NULL,
  recorded_by {text} NOT NULL,
  PRIMARY KEY (unit_id, task_id)
) {clustered};

CREATE INDEX meeting_task_member ON meeting_task (member_id, outcome);

-- What was closed, whole: the later one corrects the earlier.
-- owner: unit(unit_id)
CREATE TABLE meeting_closing (
  unit_id {id} NOT NULL,
  meeting_no {int} NOT NULL,
  closing_no {int} NOT NULL,
  reason {text} NOT NULL,
  score {int} NOT NULL,
  grade {int} NOT NULL,
  form_version {text} NOT NULL,
  sheet {text} NOT NULL,
  record {text} NOT NULL,
  recorded_at {int} NOT NULL,
  recorded_by {text} NOT NULL,
  PRIMARY KEY (unit_id, meeting_no, closing_no)
) {clustered};

-- Who of the committee above is assigned to attend a branch's meetings (phân công dự sinh hoạt), from when until when.
-- owner: unit(unit_id)
CREATE TABLE meeting_watcher (
  unit_id {id} NOT NULL,
  watcher_no {int} NOT NULL,
  member_id {id} NOT NULL,
  from_day {int} NOT NULL,
  to_day {int} NOT NULL,
  recorded_at {int} NOT NULL,
  recorded_by {text} NOT NULL,
  PRIMARY KEY (unit_id, watcher_no)
) {clustered};

CREATE INDEX meeting_watcher_member ON meeting_watcher (member_id);

-- Whether an assigned one attended a meeting, and what he remarked.
-- owner: unit(unit_id)
CREATE TABLE meeting_visit (
  unit_id {id} NOT NULL,
  meeting_no {int} NOT NULL,
  watcher_no {int} NOT NULL,
  on_day {int} NOT NULL,
  attended {int} NOT NULL,
  remark {text} NOT NULL,
  recorded_at {int} NOT NULL,
  recorded_by {text} NOT NULL,
  PRIMARY KEY (unit_id, meeting_no, watcher_no)
) {clustered};

-- What somebody typed into the form of an open meeting and has not sent yet.
-- owner: local
CREATE TABLE meeting_draft (
  account_id {id} NOT NULL,
  unit_id {id} NOT NULL,
  meeting_no {int} NOT NULL,
  version {int} NOT NULL,
  typed {bytes} NOT NULL,
  recorded_at {int} NOT NULL,
  PRIMARY KEY (account_id, unit_id, meeting_no)
) {clustered};

-- A branch's month in one row, for pictures of the whole city; follows from the closings.
-- met: 0 nothing, 1 open, 2 closed, 3 none with a reason. grade: 0 none.
-- owner: unit(unit_id)
CREATE TABLE meeting_month (
  unit_id {id} NOT NULL,
  month {int} NOT NULL,
  met {int} NOT NULL,
  thematic {int} NOT NULL,
  late {int} NOT NULL,
  due {int} NOT NULL,
  present {int} NOT NULL,
  spoke {int} NOT NULL,
  score {int} NOT NULL,
  grade {int} NOT NULL,
  seen_score {int} NOT NULL,
  reason {text} NOT NULL,
  recorded_at {int} NOT NULL,
  PRIMARY KEY (unit_id, month)
) {clustered};

CREATE INDEX meeting_month_recorded ON meeting_month (recorded_at);
