-- What somebody said a heading of a spreadsheet stands for: of one import, and remembered for the account's next ones.
-- owner: local
CREATE TABLE heading_choice (
  about_id {id} NOT NULL,
  heading {text} NOT NULL,
  column_key {text} NOT NULL,
  recorded_at {int} NOT NULL,
  PRIMARY KEY (about_id, heading)
) {clustered};
