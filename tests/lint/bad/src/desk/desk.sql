-- desk_read(id desk) -> one desk_row
SELECT id FROM desk WHERE id = :id;

-- desk_forgotten(id desk) -> done
DELETE FROM desk WHERE id = :id;
