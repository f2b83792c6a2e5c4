-- What a transfer rests on besides the day of the move: how the member is hired, whether he leaves the organisation of the
-- school he graduated from (TRF-09).

-- owner: person(transfer_id)
CREATE TABLE transfer_basis (
  transfer_id {id} NOT NULL PRIMARY KEY,
  contract {text} NOT NULL,
  graduate {int} NOT NULL
) {clustered};
