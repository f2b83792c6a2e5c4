-- The highest number of a meeting that was taken out: numbers are not given twice, for acts and papers name them.
-- owner: unit(unit_id)
CREATE TABLE meeting_number (
  unit_id {id} NOT NULL,
  last_no {int} NOT NULL,
  PRIMARY KEY (unit_id)
) {clustered};

-- presence in meeting_roll also: 5 living elsewhere for a time and absent, 6 suspended, prosecuted or detained.
-- Whether anything is kept about a member, and his own page.
CREATE INDEX meeting_roll_member ON meeting_roll (member_id);
CREATE INDEX meeting_chair ON meeting (chair_id);
CREATE INDEX meeting_secretary ON meeting (secretary_id);
