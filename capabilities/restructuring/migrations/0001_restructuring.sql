-- Plans to restructure organisations (phương án sắp xếp): drafted, signed by a second person, in force on their day.
-- Lines of a plan are not overwritten: each carries the version of the plan it came with and the one it went with (0:
-- it stands). Undone is the plan a counter-plan takes back.

-- owner: reference
CREATE TABLE restructuring (
  plan_id {id} NOT NULL PRIMARY KEY,
  unit_id {id} NOT NULL,
  title {text} NOT NULL,
  authority {text} NOT NULL,
  effective_on {int} NOT NULL,
  state {text} NOT NULL,
  version {int} NOT NULL,
  undone {id},
  decision_id {id},
  number {text} NOT NULL,
  signed_on {int} NOT NULL,
  signed_by {id},
  signed_name {text} NOT NULL,
  created_by {id},
  created_name {text} NOT NULL,
  created_at {int} NOT NULL,
  changed_name {text} NOT NULL,
  changed_at {int} NOT NULL,
  reason {text} NOT NULL
) {clustered};

-- owner: reference
CREATE TABLE restructuring_line (
  plan_id {id} NOT NULL,
  line_no {int} NOT NULL,
  kind {text} NOT NULL,
  unit_id {id} NOT NULL,
  other_unit {id},
  detail {text} NOT NULL,
  entered_by {id},
  entered_name {text} NOT NULL,
  came {int} NOT NULL,
  went {int} NOT NULL,
  PRIMARY KEY (plan_id, line_no)
) {clustered};
CREATE INDEX plan_line_unit ON restructuring_line (unit_id);

-- Members whose target is said one by one.
-- owner: person(person_id)
CREATE TABLE restructuring_member (
  plan_id {id} NOT NULL,
  person_id {id} NOT NULL,
  came {int} NOT NULL,
  went {int} NOT NULL,
  from_unit {id} NOT NULL,
  into_unit {id} NOT NULL,
  entered_by {id},
  PRIMARY KEY (plan_id, person_id, came)
) {clustered};

-- Members moved when the plan came into force.
-- owner: person(person_id)
CREATE TABLE restructuring_moved (
  plan_id {id} NOT NULL,
  person_id {id} NOT NULL,
  from_unit {id} NOT NULL,
  into_unit {id} NOT NULL,
  PRIMARY KEY (plan_id, person_id, from_unit)
) {clustered};
