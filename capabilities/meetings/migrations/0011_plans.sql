-- The theme a branch plans for a quarter (MTG-02); quarter is the number of its first month. The last version counts.
-- owner: unit(unit_id)
CREATE TABLE meeting_plan (
  unit_id {id} NOT NULL,
  quarter {int} NOT NULL,
  version {int} NOT NULL,
  topic {text} NOT NULL,
  recorded_at {int} NOT NULL,
  recorded_by {text} NOT NULL,
  PRIMARY KEY (unit_id, quarter, version)
) {clustered};

CREATE INDEX meeting_plan_quarter ON meeting_plan (quarter);

-- The monthly meeting of a Party group of a branch (MTG-01). The last version counts.
-- owner: unit(unit_id)
CREATE TABLE meeting_group (
  unit_id {id} NOT NULL,
  group_unit {id} NOT NULL,
  month {int} NOT NULL,
  version {int} NOT NULL,
  on_day {int} NOT NULL,
  listed {int} NOT NULL,
  present {int} NOT NULL,
  done {text} NOT NULL,
  recorded_at {int} NOT NULL,
  recorded_by {text} NOT NULL,
  PRIMARY KEY (unit_id, group_unit, month, version)
) {clustered};

CREATE INDEX meeting_group_month ON meeting_group (month);
