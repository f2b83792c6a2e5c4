-- Whoever left or died, by day: the book of those who left the Party (EXI-15, DOS-07).
CREATE INDEX standing_left ON standing (valid_from, person_id) WHERE standing IN (6, 7);
