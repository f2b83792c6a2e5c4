-- What stands beside a meeting: a short link to it, when it was announced and posted, its files; meetings drawn by lot.

-- A short name of a meeting for texts that are passed on: it says nothing of what it leads to.
-- owner: unit(unit_id)
CREATE TABLE meeting_link (
  unit_id {id} NOT NULL,
  meeting_no {int} NOT NULL,
  code {text} NOT NULL,
  PRIMARY KEY (unit_id, meeting_no)
) {clustered};

CREATE INDEX meeting_link_code ON meeting_link (code);

-- what: 1 notice, 2 documents, 3 conclusion. Only added to.
-- owner: unit(unit_id)
CREATE TABLE meeting_posting (
  unit_id {id} NOT NULL,
  meeting_no {int} NOT NULL,
  posting_no {int} NOT NULL,
  what {int} NOT NULL,
  posted_at {int} NOT NULL,
  channel {text} NOT NULL,
  recorded_at {int} NOT NULL,
  recorded_by {text} NOT NULL,
  PRIMARY KEY (unit_id, meeting_no, posting_no)
) {clustered};

-- stored names the sealed file in the files area, sealed for the branch; digest is the SHA-256 of what was sealed.
-- removed_at: no longer among the documents, kept with what was known.
-- owner: unit(unit_id)
CREATE TABLE meeting_file (
  unit_id {id} NOT NULL,
  meeting_no {int} NOT NULL,
  file_no {int} NOT NULL,
  title {text} NOT NULL,
  stored {text} NOT NULL,
  digest {text} NOT NULL,
  media {text} NOT NULL,
  bytes {int} NOT NULL,
  removed_at {int} NOT NULL,
  recorded_at {int} NOT NULL,
  recorded_by {text} NOT NULL,
  PRIMARY KEY (unit_id, meeting_no, file_no)
) {clustered};

-- A draw of closed meetings by a committee: whoever has the seed can repeat it. among: how many there were to draw from.
-- owner: unit(unit_id)
CREATE TABLE meeting_draw (
  unit_id {id} NOT NULL,
  draw_no {int} NOT NULL,
  month {int} NOT NULL,
  wanted {int} NOT NULL,
  among {int} NOT NULL,
  seed {text} NOT NULL,
  recorded_at {int} NOT NULL,
  recorded_by {text} NOT NULL,
  PRIMARY KEY (unit_id, draw_no)
) {clustered};

-- What was drawn, with what an observer gave. own: points of the branch at the draw. seen: the observer's, 0 for none yet;
-- sheet: points by criterion, "1:5 2:4 …".
-- owner: unit(unit_id)
CREATE TABLE meeting_drawn (
  unit_id {id} NOT NULL,
  draw_no {int} NOT NULL,
  branch_id {id} NOT NULL,
  meeting_no {int} NOT NULL,
  ticket {text} NOT NULL,
  own {int} NOT NULL,
  seen {int} NOT NULL,
  sheet {text} NOT NULL,
  remark {text} NOT NULL,
  recorded_at {int} NOT NULL,
  recorded_by {text} NOT NULL,
  PRIMARY KEY (unit_id, draw_no, branch_id)
) {clustered};
