-- The register beside an export of the national database (đối chiếu cơ sở dữ liệu đảng viên). The file is deleted after
-- the comparison; results go after thirty days. facts: counts as JSON, without a name of anybody.

-- owner: local
CREATE TABLE reconciliation (
  reconciliation_id {id} NOT NULL PRIMARY KEY,
  unit_id {id} NOT NULL,
  file_name {text} NOT NULL,
  file_path {text} NOT NULL,
  state {text} NOT NULL,
  created_at {int} NOT NULL,
  created_name {text} NOT NULL,
  expires_on {int} NOT NULL,
  facts {text} NOT NULL
) {clustered};

-- What differs. kind: field, here, there, doubt, unread. here and there are as stored: a number of a code list, a day, a
-- text; of a sealed field only whether there is one. version: the version of the record that was compared.
-- owner: local
CREATE TABLE reconciliation_line (
  reconciliation_id {id} NOT NULL,
  line_no {int} NOT NULL,
  kind {text} NOT NULL,
  field {text} NOT NULL,
  person_id {id},
  unit_id {id},
  version {int} NOT NULL,
  sheet_row {int} NOT NULL,
  name {text} NOT NULL,
  here {text} NOT NULL,
  there {text} NOT NULL,
  taken_at {int} NOT NULL,
  PRIMARY KEY (reconciliation_id, line_no)
) {clustered};
CREATE INDEX reconciliation_line_kind ON reconciliation_line (reconciliation_id, kind, line_no);
CREATE INDEX reconciliation_line_person ON reconciliation_line (reconciliation_id, person_id);

-- Two records with one name and birth that are of two people, as somebody looked and said; the smaller identifier first.
-- owner: person(person_id)
CREATE TABLE quality_apart (
  person_id {id} NOT NULL,
  other_id {id} NOT NULL,
  noted_at {int} NOT NULL,
  noted_by {text} NOT NULL,
  reason {text} NOT NULL,
  PRIMARY KEY (person_id, other_id)
) {clustered};
