-- Functions and duties by kind of unit, models of working regulations, and what units adopted (ORG-32).
-- A new version is a new row; texts are never overwritten, and stand last so that lists need not read
-- them. Open ends are Day::FOREVER; setting 0 means every setting.

-- owner: reference
CREATE TABLE regulation_model (
  model_id {id} NOT NULL PRIMARY KEY,
  subject {text} NOT NULL,
  kind {int} NOT NULL,
  setting {int} NOT NULL,
  version {int} NOT NULL,
  number {text} NOT NULL,
  issuer {text} NOT NULL,
  issued_on {int} NOT NULL,
  valid_from {int} NOT NULL,
  valid_to {int} NOT NULL,
  recorded_at {int} NOT NULL,
  recorded_by {text} NOT NULL,
  body {text} NOT NULL
) {clustered};
CREATE UNIQUE INDEX regulation_model_version ON regulation_model (subject, kind, setting, version);

-- reported_on and announced_on stay empty until it was reported up and announced down; the _at beside says when that was recorded.
-- owner: unit(unit_id)
CREATE TABLE regulation (
  unit_id {id} NOT NULL,
  version {int} NOT NULL,
  number {text} NOT NULL,
  adopted_on {int} NOT NULL,
  valid_from {int} NOT NULL,
  valid_to {int} NOT NULL,
  model_id {id},
  reported_on {int},
  reported_at {int},
  announced_on {int},
  announced_at {int},
  recorded_at {int} NOT NULL,
  recorded_by {text} NOT NULL,
  body {text} NOT NULL,
  PRIMARY KEY (unit_id, version)
) {clustered};
