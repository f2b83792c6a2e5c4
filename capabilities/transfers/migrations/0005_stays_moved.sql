-- Where a member stays for a time is a fact of members since then (TRF-07): stays that run go there. Those abroad stay out: the
-- fee of whoever is abroad is of another kind.
INSERT INTO member_stay (person_id, stay_id, seq, unit_id, from_on, to_on, recorded_at, recorded_by)
SELECT t.person_id, t.transfer_id, 1, CASE WHEN k.kind = 4 THEN b.unit_id END, k.begins_on, 2932896, t.recorded_at,
  t.recorded_by
FROM transfer_open o
JOIN transfer t ON t.transfer_id = o.transfer_id
JOIN transfer_kind k ON k.transfer_id = o.transfer_id
JOIN transfer_box b ON b.transfer_id = o.transfer_id
WHERE o.stay = 1 AND k.kind IN (4, 5)
  AND b.seq = (SELECT MAX(l.seq) FROM transfer_box l WHERE l.transfer_id = o.transfer_id);
