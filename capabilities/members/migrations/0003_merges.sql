-- Two records of one person made one (gộp hồ sơ trùng): person_id is the record that went into into_id. What both were
-- before is sealed whole, so that the merge can be undone; the marks say what both were right after it. undone_at is
-- the number of Moment::FOREVER while the merge stands.
-- owner: person(person_id)
CREATE TABLE person_merge (
  person_id {id} NOT NULL,
  merge_id {id} NOT NULL,
  into_id {id} NOT NULL,
  from_unit {id} NOT NULL,
  merged_at {int} NOT NULL,
  merged_by {text} NOT NULL,
  reason {text} NOT NULL,
  sealed {bytes} NOT NULL,
  person_mark {text} NOT NULL,
  into_mark {text} NOT NULL,
  undone_at {int} NOT NULL,
  undone_by {text} NOT NULL,
  undone_reason {text} NOT NULL,
  PRIMARY KEY (person_id, merge_id)
) {clustered};
CREATE INDEX person_merge_own ON person_merge (merge_id);
CREATE INDEX person_merge_into ON person_merge (into_id);
CREATE INDEX person_merge_at ON person_merge (merged_at);
