-- Findings of the checks over all members. A finding is open while closed_on is Day::FOREVER; one that comes back is
-- another row. Counts of every run are kept for the trend.

-- owner: person(person_id)
CREATE TABLE finding (
  person_id {id} NOT NULL,
  code {text} NOT NULL,
  seen_on {int} NOT NULL,
  closed_on {int} NOT NULL,
  unit_id {id} NOT NULL,
  PRIMARY KEY (person_id, code, seen_on)
) {clustered};
CREATE INDEX finding_closed ON finding (closed_on);

-- owner: reference
CREATE TABLE quality_run (
  run_at {int} NOT NULL PRIMARY KEY,
  members {int} NOT NULL,
  found {int} NOT NULL,
  closed {int} NOT NULL,
  by_name {text} NOT NULL
) {clustered};

-- owner: reference
CREATE TABLE quality_count (
  run_at {int} NOT NULL,
  code {text} NOT NULL,
  count {int} NOT NULL,
  PRIMARY KEY (run_at, code)
) {clustered};

-- A cleaning campaign (đợt làm sạch dữ liệu): opened is how many findings its units had when it began.
-- owner: reference
CREATE TABLE quality_campaign (
  campaign_id {id} NOT NULL PRIMARY KEY,
  unit_id {id} NOT NULL,
  title {text} NOT NULL,
  starts_on {int} NOT NULL,
  ends_on {int} NOT NULL,
  opened {int} NOT NULL,
  created_at {int} NOT NULL,
  created_name {text} NOT NULL
) {clustered};
