-- filing.sql: drafts of appeals between the pages of the form.

-- draft_insert(id appeal_draft, token_hash text, kind text, lang text, text text, danger bool, files text, notice int, photo_lat real, photo_lon real, now time) -> done
INSERT INTO appeal_draft (id, token_hash, kind, lang, text, danger, files, notice_id, photo_lat, photo_lon, updated_at)
VALUES (:id, :token_hash, :kind, :lang, :text, :danger, :files, :notice, :photo_lat, :photo_lon, :now);

-- draft_by_token(token_hash text) -> one draft_row
SELECT id, kind, lang, text, danger, topic, place_id, address, files, notice_id, lat, lon, photo_lat, photo_lon, number, updated_at FROM appeal_draft WHERE token_hash = :token_hash;

-- draft_set_text(id appeal_draft, kind text, lang text, text text, danger bool, files text, now time) -> done
UPDATE appeal_draft SET kind = :kind, lang = :lang, text = :text, danger = :danger, files = :files, updated_at = :now WHERE id = :id;

-- draft_set_photo(id appeal_draft, photo_lat real, photo_lon real) -> done
UPDATE appeal_draft SET photo_lat = :photo_lat, photo_lon = :photo_lon WHERE id = :id;

-- draft_set_point(id appeal_draft, lat real, lon real, now time) -> done
UPDATE appeal_draft SET lat = :lat, lon = :lon, updated_at = :now WHERE id = :id;

-- draft_set_place(id appeal_draft, topic text, place int, address text, now time) -> done
UPDATE appeal_draft SET topic = :topic, place_id = :place, address = :address, updated_at = :now WHERE id = :id;

-- draft_set_number(id appeal_draft, number text, now time) -> done
UPDATE appeal_draft SET number = :number, text = '', address = '', files = '', lat = 0, lon = 0, photo_lat = 0, photo_lon = 0, updated_at = :now WHERE id = :id;

-- draft_delete_old(before time) -> done
DELETE FROM appeal_draft WHERE updated_at < :before;
