-- Whoever has left or was interrupted and came back: his Party age has a gap (MEM-40). They are few, and looked up often.
CREATE INDEX standing_gap ON standing (person_id) WHERE standing IN (5, 6);
