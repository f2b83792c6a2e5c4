-- Review, evaluation and classification. Of a secret vote only totals are kept: there is no column for who voted how.

-- A campaign on a subtree, under the rules of one day.
-- owner: reference
CREATE TABLE evaluation_campaign (
  campaign_id {id} NOT NULL PRIMARY KEY,
  unit_id {id} NOT NULL,
  kind {text} NOT NULL,
  year {int} NOT NULL,
  quarter {int} NOT NULL,
  rules_on {int} NOT NULL,
  opens_on {int} NOT NULL,
  self_by {int} NOT NULL,
  decide_by {int} NOT NULL,
  number {text} NOT NULL,
  closed_on {int} NOT NULL,
  recorded_at {int} NOT NULL,
  recorded_by {text} NOT NULL
) {clustered};

-- Who is evaluated: a member (unit_id is his branch then) or a unit. Points are hundredths, -1 without.
-- decider_id and sort make the group of the same type and level (EVAL-24). by_account sent the self-review.
-- owner: unit(unit_id)
CREATE TABLE evaluation_subject (
  unit_id {id} NOT NULL,
  subject_id {id} NOT NULL,
  campaign_id {id} NOT NULL,
  person_id {id},
  sort {text} NOT NULL,
  post {text} NOT NULL,
  decider_id {id} NOT NULL,
  excluded {text} NOT NULL,
  state {text} NOT NULL,
  points {int} NOT NULL,
  self_points {int} NOT NULL,
  self_class {text} NOT NULL,
  voted_class {text} NOT NULL,
  appraised_class {text} NOT NULL,
  class {text} NOT NULL,
  overridden {int} NOT NULL,
  decided_on {int} NOT NULL,
  version {text} NOT NULL,
  by_account {text} NOT NULL,
  PRIMARY KEY (unit_id, subject_id)
) {clustered};
CREATE INDEX evaluation_subject_id ON evaluation_subject (subject_id);
CREATE INDEX evaluation_subject_person ON evaluation_subject (person_id);
CREATE INDEX evaluation_subject_group ON evaluation_subject (campaign_id, decider_id, sort, state);
CREATE INDEX evaluation_subject_class ON evaluation_subject (class, campaign_id);

-- Steps, never overwritten. Votes are totals; all nought where nobody voted.
-- owner: unit(unit_id)
CREATE TABLE evaluation_step (
  unit_id {id} NOT NULL,
  subject_id {id} NOT NULL,
  seq {int} NOT NULL,
  step {text} NOT NULL,
  on_day {int} NOT NULL,
  number {text} NOT NULL,
  class {text} NOT NULL,
  reason {text} NOT NULL,
  voters {int} NOT NULL,
  ballots {int} NOT NULL,
  for_failed {int} NOT NULL,
  for_fulfilled {int} NOT NULL,
  for_good {int} NOT NULL,
  for_excellent {int} NOT NULL,
  invalid {int} NOT NULL,
  recorded_at {int} NOT NULL,
  recorded_by {text} NOT NULL,
  PRIMARY KEY (unit_id, subject_id, seq)
) {clustered};

-- Points by criterion (self.…, appraised.…, hundredths) and facts (fact.…).
-- owner: unit(unit_id)
CREATE TABLE evaluation_figure (
  unit_id {id} NOT NULL,
  subject_id {id} NOT NULL,
  code {text} NOT NULL,
  counted {int} NOT NULL,
  PRIMARY KEY (unit_id, subject_id, code)
) {clustered};

-- The correction plan (EVAL-33). fixed_on is Day::FOREVER until corrected.
-- owner: unit(unit_id)
CREATE TABLE evaluation_fix (
  unit_id {id} NOT NULL,
  subject_id {id} NOT NULL,
  seq {int} NOT NULL,
  item {text} NOT NULL,
  owner_name {text} NOT NULL,
  due_on {int} NOT NULL,
  fixed_on {int} NOT NULL,
  recorded_at {int} NOT NULL,
  recorded_by {text} NOT NULL,
  PRIMARY KEY (unit_id, subject_id, seq)
) {clustered};
CREATE INDEX evaluation_fix_due ON evaluation_fix (fixed_on, due_on);
