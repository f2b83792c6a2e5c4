-- Places (địa bàn), which organisation covers them, plans to fill them (TSK-23, ORG-01); pilot models. A line holds from
-- its first day until the next line begins; a mistake is put right by another line with the same first day. Nothing is
-- overwritten but the state of an upload. Places are territory: of Party members only counts are kept, never names.

-- The committee that answers is a fact of the line: wards change, places stay. standing: 1 there, 2 gone, 3 entered by
-- mistake. lat and lon are millionths of a degree.
-- owner: reference
CREATE TABLE place_fact (
  place_id {id} NOT NULL,
  valid_from {int} NOT NULL,
  recorded_at {int} NOT NULL,
  unit_id {id} NOT NULL,
  kind {int} NOT NULL,
  standing {int} NOT NULL,
  lat {int},
  lon {int},
  workers {int},
  households {int},
  code {text} NOT NULL,
  name {text} NOT NULL,
  recorded_by {text} NOT NULL,
  PRIMARY KEY (place_id, valid_from, recorded_at)
) {clustered};
CREATE INDEX place_fact_code ON place_fact (code);

-- Which organisation covers the place; none from the day it does no longer.
-- owner: reference
CREATE TABLE place_link (
  place_id {id} NOT NULL,
  valid_from {int} NOT NULL,
  recorded_at {int} NOT NULL,
  unit_id {id},
  joint {int} NOT NULL,
  recorded_by {text} NOT NULL,
  PRIMARY KEY (place_id, valid_from, recorded_at)
) {clustered};

-- Official members known at the place, and households somebody looks after; a line without both takes one back.
-- owner: reference
CREATE TABLE place_count (
  place_id {id} NOT NULL,
  valid_from {int} NOT NULL,
  recorded_at {int} NOT NULL,
  official {int},
  served {int},
  source {text} NOT NULL,
  recorded_by {text} NOT NULL,
  PRIMARY KEY (place_id, valid_from, recorded_at)
) {clustered};

-- The plan of a year to fill the place; rule is the version of ORG-01 it was decided under.
-- owner: reference
CREATE TABLE place_plan (
  place_id {id} NOT NULL,
  year {int} NOT NULL,
  version {int} NOT NULL,
  unit_id {id} NOT NULL,
  target {text} NOT NULL,
  wanted {int} NOT NULL,
  rule {text} NOT NULL,
  note {text} NOT NULL,
  recorded_at {int} NOT NULL,
  recorded_by {text} NOT NULL,
  PRIMARY KEY (place_id, year, version)
) {clustered};
CREATE INDEX place_plan_year ON place_plan (year);

-- How many were admitted since the year began, as reported on a day.
-- owner: reference
CREATE TABLE place_progress (
  place_id {id} NOT NULL,
  year {int} NOT NULL,
  valid_from {int} NOT NULL,
  recorded_at {int} NOT NULL,
  admitted {int} NOT NULL,
  note {text} NOT NULL,
  recorded_by {text} NOT NULL,
  PRIMARY KEY (place_id, year, valid_from, recorded_at)
) {clustered};
CREATE INDEX place_progress_year ON place_progress (year);

-- owner: reference
CREATE TABLE place_import (
  import_id {id} NOT NULL PRIMARY KEY,
  unit_id {id} NOT NULL,
  file_name {text} NOT NULL,
  stored_as {text} NOT NULL,
  state {text} NOT NULL,
  created_at {int} NOT NULL,
  created_by {id},
  created_name {text} NOT NULL,
  applied_at {int} NOT NULL,
  counts {text} NOT NULL
) {clustered};

-- owner: reference
CREATE TABLE place_import_place (
  import_id {id} NOT NULL,
  place_id {id} NOT NULL,
  is_new {int} NOT NULL,
  PRIMARY KEY (import_id, place_id)
) {clustered};

-- A draft may be written anew, as another version, until it starts.
-- owner: reference
CREATE TABLE pilot (
  pilot_id {id} NOT NULL,
  version {int} NOT NULL,
  unit_id {id} NOT NULL,
  starts_on {int} NOT NULL,
  midterm_due {int} NOT NULL,
  final_due {int} NOT NULL,
  title {text} NOT NULL,
  aim {text} NOT NULL,
  recorded_at {int} NOT NULL,
  recorded_by {text} NOT NULL,
  PRIMARY KEY (pilot_id, version)
) {clustered};

-- owner: reference
CREATE TABLE pilot_unit (
  pilot_id {id} NOT NULL,
  version {int} NOT NULL,
  unit_id {id} NOT NULL,
  PRIMARY KEY (pilot_id, version, unit_id)
) {clustered};

-- owner: reference
CREATE TABLE pilot_criterion (
  pilot_id {id} NOT NULL,
  version {int} NOT NULL,
  no {int} NOT NULL,
  least {int} NOT NULL,
  name {text} NOT NULL,
  PRIMARY KEY (pilot_id, version, no)
) {clustered};

-- Every step of a pilot: started, reviewed at mid-term, reviewed at the end, concluded. The state is that of the last.
-- owner: reference
CREATE TABLE pilot_review (
  pilot_id {id} NOT NULL,
  step_no {int} NOT NULL,
  step {text} NOT NULL,
  on_day {int} NOT NULL,
  number {text} NOT NULL,
  body {text} NOT NULL,
  recorded_at {int} NOT NULL,
  recorded_by {text} NOT NULL,
  PRIMARY KEY (pilot_id, step_no)
) {clustered};

-- owner: reference
CREATE TABLE pilot_result (
  pilot_id {id} NOT NULL,
  step_no {int} NOT NULL,
  no {int} NOT NULL,
  measured {int} NOT NULL,
  PRIMARY KEY (pilot_id, step_no, no)
) {clustered};

-- The roll-out list: from which day a unit takes the model up; the line recorded last holds.
-- owner: reference
CREATE TABLE pilot_uptake (
  pilot_id {id} NOT NULL,
  unit_id {id} NOT NULL,
  recorded_at {int} NOT NULL,
  on_day {int} NOT NULL,
  recorded_by {text} NOT NULL,
  PRIMARY KEY (pilot_id, unit_id, recorded_at)
) {clustered};
