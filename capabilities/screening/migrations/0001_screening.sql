-- Screening of members (rà soát, sàng lọc đảng viên). Nothing here can hold what anybody thinks, believes or says: flags are
-- facts of other capabilities or grounds from a closed list, and every text column is a code, a link, a name or the number
-- of a document.

-- A fact that asks people to look (SCR-02…SCR-05). Open while closed_on is Day::FOREVER; one that comes back is another row.
-- said_key and said_args are a sentence of the capability that found it.
-- owner: person(person_id)
CREATE TABLE screening_flag (
  person_id {id} NOT NULL,
  rule {text} NOT NULL,
  since {int} NOT NULL,
  seen_on {int} NOT NULL,
  closed_on {int} NOT NULL,
  unit_id {id} NOT NULL,
  said_key {text} NOT NULL,
  said_args {text} NOT NULL,
  href {text} NOT NULL,
  PRIMARY KEY (person_id, rule, since, seen_on)
) {clustered};
CREATE INDEX screening_flag_closed ON screening_flag (closed_on);

-- A ground raised or lifted by hand, with the document behind it (SCR-04…SCR-07). The last row of a ground says.
-- owner: person(person_id)
CREATE TABLE screening_ground (
  person_id {id} NOT NULL,
  seq {int} NOT NULL,
  ground {text} NOT NULL,
  raised {int} NOT NULL,
  number {text} NOT NULL,
  on_day {int} NOT NULL,
  recorded_at {int} NOT NULL,
  recorded_by {text} NOT NULL,
  PRIMARY KEY (person_id, seq)
) {clustered};

-- The evidence pack (SCR-09).
-- owner: person(person_id)
CREATE TABLE screening_evidence (
  person_id {id} NOT NULL,
  seq {int} NOT NULL,
  item {text} NOT NULL,
  number {text} NOT NULL,
  on_day {int} NOT NULL,
  recorded_at {int} NOT NULL,
  recorded_by {text} NOT NULL,
  PRIMARY KEY (person_id, seq)
) {clustered};

-- A yearly campaign on a subtree (SCR-01): branches plan by plan_by, lists are complete by lists_by.
-- owner: reference
CREATE TABLE screening_campaign (
  campaign_id {id} NOT NULL PRIMARY KEY,
  unit_id {id} NOT NULL,
  year {int} NOT NULL,
  opens_on {int} NOT NULL,
  plan_by {int} NOT NULL,
  lists_by {int} NOT NULL,
  number {text} NOT NULL,
  recorded_at {int} NOT NULL,
  recorded_by {text} NOT NULL
) {clustered};

-- The plan of a branch, reported upward.
-- owner: unit(unit_id)
CREATE TABLE screening_plan (
  unit_id {id} NOT NULL,
  campaign_id {id} NOT NULL,
  number {text} NOT NULL,
  on_day {int} NOT NULL,
  recorded_at {int} NOT NULL,
  recorded_by {text} NOT NULL,
  PRIMARY KEY (unit_id, campaign_id)
) {clustered};

-- What was done with a member in a campaign; never overwritten. until_on is the last day of help.
-- owner: person(person_id)
CREATE TABLE screening_step (
  person_id {id} NOT NULL,
  campaign_id {id} NOT NULL,
  seq {int} NOT NULL,
  branch_id {id} NOT NULL,
  step {text} NOT NULL,
  rules {text} NOT NULL,
  form {text} NOT NULL,
  helper_id {id},
  until_on {int} NOT NULL,
  tasks {text} NOT NULL,
  on_day {int} NOT NULL,
  number {text} NOT NULL,
  rulebook {text} NOT NULL,
  recorded_at {int} NOT NULL,
  recorded_by {text} NOT NULL,
  PRIMARY KEY (person_id, campaign_id, seq)
) {clustered};
CREATE INDEX screening_step_recorded ON screening_step (campaign_id, recorded_at);

-- What the minutes of a vote say (X-03, X-05, X-10).
-- owner: person(person_id)
CREATE TABLE screening_vote (
  person_id {id} NOT NULL,
  campaign_id {id} NOT NULL,
  seq {int} NOT NULL,
  voting {text} NOT NULL,
  listed {int} NOT NULL,
  barred {int} NOT NULL,
  away {int} NOT NULL,
  present {int} NOT NULL,
  yes {int} NOT NULL,
  no {int} NOT NULL,
  blank {int} NOT NULL,
  invalid {int} NOT NULL,
  PRIMARY KEY (person_id, campaign_id, seq)
) {clustered};

-- Which committee proposes and which decides, as it stood on the day of the proposal (seq of that step).
-- owner: person(person_id)
CREATE TABLE screening_route (
  person_id {id} NOT NULL,
  campaign_id {id} NOT NULL,
  seq {int} NOT NULL,
  committee_id {id} NOT NULL,
  decider_id {id} NOT NULL,
  PRIMARY KEY (person_id, campaign_id, seq)
) {clustered};

-- Where a member stands in a campaign: follows from the steps, written with each of them.
-- owner: person(person_id)
CREATE TABLE screening_stand (
  person_id {id} NOT NULL,
  campaign_id {id} NOT NULL,
  branch_id {id} NOT NULL,
  state {text} NOT NULL,
  form {text} NOT NULL,
  rules {text} NOT NULL,
  until_on {int} NOT NULL,
  changed_on {int} NOT NULL,
  PRIMARY KEY (person_id, campaign_id)
) {clustered};
CREATE INDEX screening_stand_branch ON screening_stand (campaign_id, branch_id, state);
CREATE INDEX screening_stand_rules ON screening_stand (campaign_id, rules);
CREATE INDEX screening_stand_state ON screening_stand (state, changed_on);

-- A report of a campaign and its figures (SCR-12).
-- owner: reference
CREATE TABLE screening_report (
  report_id {id} NOT NULL PRIMARY KEY,
  campaign_id {id} NOT NULL,
  unit_id {id} NOT NULL,
  made_at {int} NOT NULL,
  made_by {text} NOT NULL
) {clustered};
CREATE INDEX screening_report_campaign ON screening_report (campaign_id, unit_id, made_at);

-- owner: reference
CREATE TABLE screening_figure (
  report_id {id} NOT NULL,
  figure {text} NOT NULL,
  counted {int} NOT NULL,
  PRIMARY KEY (report_id, figure)
) {clustered};

-- owner: reference
CREATE TABLE screening_run (
  run_at {int} NOT NULL PRIMARY KEY,
  signals {int} NOT NULL,
  found {int} NOT NULL,
  closed {int} NOT NULL,
  by_name {text} NOT NULL
) {clustered};
