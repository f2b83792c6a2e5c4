-- Forms that were sent: the same form of the same account counts once. sent: hash of its key and content; request: which
-- request wrote first. Rows are forgotten after two days.
-- owner: local
CREATE TABLE form_sent (
  account_id {id} NOT NULL,
  sent {text} NOT NULL,
  request {text} NOT NULL,
  recorded_at {int} NOT NULL,
  PRIMARY KEY (account_id, sent)
) {clustered};

CREATE INDEX form_sent_recorded ON form_sent (recorded_at);
