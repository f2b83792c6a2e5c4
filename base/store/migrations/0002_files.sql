-- Sealed files in the files area that rows of capabilities speak of: what is not here is an orphan and swept.
-- owner: local
CREATE TABLE stored_file (
  stored {text} NOT NULL PRIMARY KEY,
  bytes {int} NOT NULL,
  recorded_at {int} NOT NULL
) {clustered};
