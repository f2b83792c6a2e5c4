-- Rows of other tables that went along when two records became one (gộp hồ sơ), and rows that stayed with the record that
-- went because the other had such rows already. row_key: the values of the key of the row as it is since then, so that
-- undoing gives exactly these back. person_id is the record that went.
-- owner: person(person_id)
CREATE TABLE merge_row (
  person_id {id} NOT NULL,
  merge_id {id} NOT NULL,
  row_no {int} NOT NULL,
  table_name {text} NOT NULL,
  column_name {text} NOT NULL,
  row_key {text} NOT NULL,
  moved {int} NOT NULL,
  PRIMARY KEY (person_id, merge_id, row_no)
) {clustered};
CREATE INDEX merge_row_merge ON merge_row (merge_id, row_no);
