-- What stops transfers is kept by members since then, where every act that moves somebody asks for it: the rows of before go
-- there. Those here stay as they were and are not written any more.
INSERT INTO member_hold (person_id, source, seq, raised, ground, reason, on_day, recorded_at, recorded_by)
SELECT person_id, 'hand', seq, raised, '', '', on_day, recorded_at, recorded_by FROM transfer_hold;
