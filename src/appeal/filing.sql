-- filing.sql: drafts of appeals between the pages of the form.

-- draft_insert(id appeal_draft, token_hash text, kind text, lang text, text text, danger bool, files text, notice int, now time) -> done
INSERT INTO appeal_draft (id, token_hash, kind, lang, text, danger, files, notice_id, updated_at)
VALUES (:id, :token_hash, :kind, :lang, :text, :danger, :files, :notice, :now);

-- draft_by_token(token_hash text) -> one draft_row
SELECT id, kind, lang, text, danger, topic, place_id, address, files, notice_id, number, updated_at FROM appeal_draft WHERE token_hash = :token_hash;

-- draft_set_text(id appeal_draft, kind text, lang text, text text, danger bool, files text, now time) -> done
UPDATE appeal_draft SET kind = :kind, lang = :lang, text = :text, danger = :danger, files = :files, updated_at = :now WHERE id = :id;

-- draft_set_place(id appeal_draft, topic text, place int, address text, now time) -> done
UPDATE appeal_draft SET topic = :topic, place_id = :place, address = :address, updated_at = :now WHERE id = :id;

-- draft_set_number(id appeal_draft, number text, now time) -> done
UPDATE appeal_draft SET number = :number, text = '', address = '', files = '', updated_at = :now WHERE id = :id;

-- draft_delete_old(before time) -> done
DELETE FROM appeal_draft WHERE updated_at < :before;
