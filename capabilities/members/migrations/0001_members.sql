-- A person in the register: what does not change, or changes only by correction. Secret fields are sealed together.
-- owner: person(person_id)
CREATE TABLE person (
  person_id {id} NOT NULL PRIMARY KEY,
  full_name {text} NOT NULL,
  ho {text},
  dem {text},
  ten {text},
  other_name {text} NOT NULL,
  birth {int} NOT NULL,
  birth_precision {int} NOT NULL,
  sex {int} NOT NULL,
  ethnicity {int} NOT NULL,
  religion {int} NOT NULL,
  birth_place {text} NOT NULL,
  home_town {text} NOT NULL,
  job_title {text} NOT NULL,
  workplace {text} NOT NULL,
  file_no {text} NOT NULL,
  academic_title {int} NOT NULL,
  languages {text} NOT NULL,
  informatics {text} NOT NULL,
  health {text} NOT NULL,
  policy_family {text} NOT NULL,
  admitted {int},
  admission_decision {text} NOT NULL,
  introducers {text} NOT NULL,
  official {int},
  sealed {bytes} NOT NULL,
  identity_hint {text} NOT NULL,
  import_id {id},
  version {int} NOT NULL,
  recorded_at {int} NOT NULL
) {clustered};

-- Keeps identity numbers unique without storing them: the key is a keyed hash.
-- owner: local
CREATE TABLE identity_key (
  key_hash {bytes} NOT NULL PRIMARY KEY,
  person_id {id} NOT NULL
) {clustered};

-- Where the member belongs (nơi sinh hoạt).
-- owner: person(person_id)
CREATE TABLE posting (
  person_id {id} NOT NULL,
  recorded_at {int} NOT NULL,
  valid_from {int} NOT NULL,
  valid_to {int} NOT NULL,
  superseded_at {int} NOT NULL,
  unit_id {id} NOT NULL,
  PRIMARY KEY (person_id, recorded_at, valid_from)
) {clustered};

-- Probationary, official, exempted … (trạng thái).
-- owner: person(person_id)
CREATE TABLE standing (
  person_id {id} NOT NULL,
  recorded_at {int} NOT NULL,
  valid_from {int} NOT NULL,
  valid_to {int} NOT NULL,
  superseded_at {int} NOT NULL,
  standing {int} NOT NULL,
  PRIMARY KEY (person_id, recorded_at, valid_from)
) {clustered};

-- Dated levels: 1 general education, 2 degree, 3 political theory, 4 occupation.
-- owner: person(person_id)
CREATE TABLE attainment (
  person_id {id} NOT NULL,
  field {int} NOT NULL,
  recorded_at {int} NOT NULL,
  valid_from {int} NOT NULL,
  valid_to {int} NOT NULL,
  superseded_at {int} NOT NULL,
  level {int} NOT NULL,
  PRIMARY KEY (person_id, field, recorded_at, valid_from)
) {clustered};

-- Spreadsheets waiting for confirmation, confirmed, or undone.
-- owner: local
CREATE TABLE member_import (
  import_id {id} NOT NULL PRIMARY KEY,
  account_id {id},
  file_name {text} NOT NULL,
  file_path {text} NOT NULL,
  file_digest {text} NOT NULL,
  state {text} NOT NULL,
  unit_id {id},
  created_at {int} NOT NULL,
  confirmed_at {int},
  members {int} NOT NULL,
  preview {text} NOT NULL
) {clustered};
