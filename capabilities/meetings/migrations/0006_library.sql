-- What committees give the branches below them: models of meetings, guidance by setting, resolutions to be studied.

-- A model meeting (sinh hoạt mẫu): every version is kept; the newest one holds. withdrawn: 1 no longer offered, with its reason.
-- owner: unit(unit_id)
CREATE TABLE meeting_model (
  unit_id {id} NOT NULL,
  model_no {int} NOT NULL,
  version_no {int} NOT NULL,
  setting {int} NOT NULL,
  title {text} NOT NULL,
  agenda {text} NOT NULL,
  minutes {text} NOT NULL,
  lessons {text} NOT NULL,
  withdrawn {int} NOT NULL,
  reason {text} NOT NULL,
  recorded_at {int} NOT NULL,
  recorded_by {text} NOT NULL,
  PRIMARY KEY (unit_id, model_no, version_no)
) {clustered};

-- Guidance for meetings of a setting, from a day until a day; a later version replaces the earlier from its first day on.
-- owner: unit(unit_id)
CREATE TABLE meeting_guidance (
  unit_id {id} NOT NULL,
  setting {int} NOT NULL,
  version_no {int} NOT NULL,
  from_day {int} NOT NULL,
  to_day {int} NOT NULL,
  body {text} NOT NULL,
  recorded_at {int} NOT NULL,
  recorded_by {text} NOT NULL,
  PRIMARY KEY (unit_id, setting, version_no)
) {clustered};

-- A resolution of a higher level that every branch below studies until due_on. withdrawn_on: asked for until then.
-- owner: unit(unit_id)
CREATE TABLE meeting_study (
  unit_id {id} NOT NULL,
  study_no {int} NOT NULL,
  number {text} NOT NULL,
  title {text} NOT NULL,
  issuer {text} NOT NULL,
  issued_on {int} NOT NULL,
  due_on {int} NOT NULL,
  withdrawn_on {int} NOT NULL,
  recorded_at {int} NOT NULL,
  recorded_by {text} NOT NULL,
  PRIMARY KEY (unit_id, study_no)
) {clustered};

-- A branch studied it, in which closed meeting.
-- owner: unit(unit_id)
CREATE TABLE meeting_studied (
  unit_id {id} NOT NULL,
  committee_id {id} NOT NULL,
  study_no {int} NOT NULL,
  meeting_no {int} NOT NULL,
  on_day {int} NOT NULL,
  recorded_at {int} NOT NULL,
  recorded_by {text} NOT NULL,
  PRIMARY KEY (unit_id, committee_id, study_no)
) {clustered};

CREATE INDEX meeting_studied_of ON meeting_studied (committee_id, study_no);
