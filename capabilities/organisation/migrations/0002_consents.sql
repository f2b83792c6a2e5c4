-- Consents of the directly higher committee (ORG-04). A new version is a new row; nothing is overwritten. Open ends are
-- Day::FOREVER; the kind is the one the consent was given for.

-- owner: unit(unit_id)
CREATE TABLE unit_consent (
  unit_id {id} NOT NULL,
  version {int} NOT NULL,
  kind {int} NOT NULL,
  number {text} NOT NULL,
  authority {text} NOT NULL,
  decided_on {int} NOT NULL,
  valid_from {int} NOT NULL,
  valid_to {int} NOT NULL,
  recorded_at {int} NOT NULL,
  recorded_by {text} NOT NULL,
  PRIMARY KEY (unit_id, version)
) {clustered};
