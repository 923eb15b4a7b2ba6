-- petition.sql: petitions, signatures, counts.

-- petition_insert(id petition, body int, region int, topic text, threshold int, account int, author text, lang text, title text, text text, title_other text, text_other text, terms text, link_key text, now time, due time) -> done
INSERT INTO petition (id, state, body_id, region_id, topic, threshold, account_id, author, lang, title, text, title_other, text_other, terms, link_key, made_at,
                      moderate_due_at, updated_at)
VALUES (:id, 'moderation', :body, :region, :topic, :threshold, :account, :author, :lang, :title, :text, :title_other, :text_other, :terms, :link_key, :now, :due, :now);

-- petition_by_id(id petition) -> one petition_row
SELECT id, state, body_id, region_id, topic, threshold, account_id, author, lang, title, text, title_other, text_other, link_key, signatures, made_at,
       moderated_at, moderate_due_at, supporters_due_at, opened_at, closes_at, closed_at, reached_at, ground, ground_text, original_id, appeal_id, group_text,
       discussion, decision, decided_at, report, updated_at
  FROM petition WHERE id = :id;

-- petition_by_link(link_key text) -> one petition_row
SELECT id, state, body_id, region_id, topic, threshold, account_id, author, lang, title, text, title_other, text_other, link_key, signatures, made_at,
       moderated_at, moderate_due_at, supporters_due_at, opened_at, closes_at, closed_at, reached_at, ground, ground_text, original_id, appeal_id, group_text,
       discussion, decision, decided_at, report, updated_at
  FROM petition WHERE link_key = :link_key;

-- What the public may see, newest first; the state narrows it.
-- petition_list(before petition, limit int) -> many petition_line
SELECT id, state, body_id, threshold, lang, title, title_other, signatures, opened_at, closes_at, updated_at FROM petition
 WHERE state IN ('open', 'review', 'decided', 'not_enough', 'refused') AND id < :before ORDER BY id DESC LIMIT :limit;

-- petition_list_state(state text, before petition, limit int) -> many petition_line
SELECT id, state, body_id, threshold, lang, title, title_other, signatures, opened_at, closes_at, updated_at FROM petition
 WHERE state = :state AND id < :before ORDER BY id DESC LIMIT :limit;

-- petition_waiting(before petition, limit int) -> many petition_wait_row
SELECT id, lang, title, body_id, made_at, moderate_due_at FROM petition WHERE state = 'moderation' AND id > :before ORDER BY id LIMIT :limit;

-- petition_near(topic text, limit int) -> many petition_near_row
SELECT id, state, lang, title, terms, signatures FROM petition WHERE topic = :topic AND state IN ('open', 'review', 'decided') ORDER BY id DESC LIMIT :limit;

-- petition_set_moderated(id petition, state text, ground text, ground_text text, original int, supporters_due time, closed time, now time) -> done
UPDATE petition SET state = :state, ground = :ground, ground_text = :ground_text, original_id = :original, supporters_due_at = :supporters_due,
       closed_at = :closed, moderated_at = :now, updated_at = :now
 WHERE id = :id AND state IN ('moderation', 'refused');

-- petition_set_open(id petition, closes time, now time) -> done
UPDATE petition SET state = 'open', opened_at = :now, closes_at = :closes, updated_at = :now WHERE id = :id AND state = 'supporters';

-- petition_set_closed(id petition, state text, from_state text, now time) -> done
UPDATE petition SET state = :state, closed_at = :now, author = '', updated_at = :now WHERE id = :id AND state = :from_state;

-- petition_set_review(id petition, appeal appeal, now time) -> done
UPDATE petition SET state = 'review', reached_at = :now, closed_at = :now, appeal_id = :appeal, updated_at = :now WHERE id = :id AND state = 'open';

-- petition_set_words(id petition, group_text text, discussion text, report text, now time) -> done
UPDATE petition SET group_text = :group_text, discussion = :discussion, report = :report, updated_at = :now WHERE id = :id;

-- petition_set_decided(id petition, decision text, now time) -> done
UPDATE petition SET state = 'decided', decision = :decision, decided_at = :now, author = '', updated_at = :now WHERE id = :id AND state = 'review';

-- petition_due_supporters(now time, limit int) -> many petition_due_row
SELECT id, signatures FROM petition WHERE state = 'supporters' AND supporters_due_at <= :now ORDER BY id LIMIT :limit;

-- petition_due_close(now time, limit int) -> many petition_due_row
SELECT id, signatures FROM petition WHERE state = 'open' AND closes_at <= :now ORDER BY id LIMIT :limit;

-- petition_supported(least int, limit int) -> many petition_due_row
SELECT id, signatures FROM petition WHERE state = 'supporters' AND signatures >= :least ORDER BY id LIMIT :limit;

-- petition_reached(limit int) -> many petition_due_row
SELECT id, signatures FROM petition WHERE state = 'open' AND signatures >= threshold ORDER BY id LIMIT :limit;

-- All that signing asks: in one step, for it happens thousands of times a second.
-- petition_signing_of(petition petition, account account) -> one petition_signing_row(identity_key text)
SELECT p.state, p.closes_at, p.supporters_due_at, p.link_key, a.name, COALESCE(a.identity_key, '') AS identity_key
  FROM petition p JOIN account a ON a.id = :account WHERE p.id = :petition;

-- One person once: 0 changed means that this person has signed before. Signatures keep the first half of the identity's hash: the index is half as large.
-- signature_insert(id petition_signature, petition petition, identity_key text, account int, first_name text, initial text, hidden bool, place int, region int, how text, form_key int, now time) -> done
INSERT INTO petition_signature (id, petition_id, identity_key, account_id, first_name, initial, hidden, place_id, region_id, how, form_key, signed_at)
VALUES (:id, :petition, substr(:identity_key, 1, 32), :account, :first_name, :initial, :hidden, :place, :region, :how, :form_key, :now)
ON CONFLICT (petition_id, identity_key) DO NOTHING;

-- signature_of(petition petition, identity_key text) -> one signature_row
SELECT id, place_id, region_id, hidden, form_key, signed_at, withdrawn_at FROM petition_signature WHERE petition_id = :petition AND identity_key = substr(:identity_key, 1, 32);

-- signature_withdraw(id petition_signature, now time) -> done
UPDATE petition_signature SET withdrawn_at = :now WHERE id = :id AND withdrawn_at = 0;

-- signature_again(id petition_signature, form_key int, now time) -> done
UPDATE petition_signature SET withdrawn_at = 0, form_key = :form_key, signed_at = :now WHERE id = :id AND withdrawn_at <> 0;

-- signature_shown(petition petition, before petition_signature, limit int) -> many signature_shown_row
SELECT id, first_name, initial, region_id, signed_at FROM petition_signature
 WHERE petition_id = :petition AND hidden = '0' AND withdrawn_at = 0 AND id < :before ORDER BY id DESC LIMIT :limit;

-- signature_fold(after petition_signature, limit int) -> many signature_fold_row
SELECT id, petition_id, place_id, region_id, signed_at, withdrawn_at FROM petition_signature WHERE id > :after ORDER BY id LIMIT :limit;

-- petition_mark_get(id petition_mark) -> one petition_mark_row
SELECT signature, folded_at FROM petition_mark WHERE id = :id;

-- petition_mark_insert(id petition_mark, now time) -> done
INSERT INTO petition_mark (id, signature, folded_at) VALUES (:id, 0, :now) ON CONFLICT (id) DO NOTHING;

-- petition_mark_set(id petition_mark, signature int, before int, now time) -> done
UPDATE petition_mark SET signature = :signature, folded_at = :now WHERE id = :id AND signature = :before;

-- petition_count_add(petition petition, cut text, slot int, n int) -> done
INSERT INTO petition_count (petition_id, cut, slot, n) VALUES (:petition, :cut, :slot, :n)
ON CONFLICT (petition_id, cut, slot) DO UPDATE SET n = petition_count.n + excluded.n;

-- petition_add(id petition, n int, now time) -> done
UPDATE petition SET signatures = signatures + :n, updated_at = :now WHERE id = :id;

-- petition_counts(petition petition, cut text, since int, limit int) -> many petition_count_row(slot int, n int)
SELECT slot, n FROM petition_count WHERE petition_id = :petition AND cut = :cut AND slot >= :since ORDER BY slot LIMIT :limit;

-- What the rows say, for the recount.
-- signature_rows(petition petition, upto int) -> one signature_sum(n int)
SELECT COUNT(*) AS n FROM petition_signature WHERE petition_id = :petition AND withdrawn_at = 0 AND id <= :upto;

-- petition_event_insert(id petition_event, petition petition, kind text, account int, detail text, reason text, now time) -> done
INSERT INTO petition_event (id, petition_id, kind, happened_at, account_id, detail, reason) VALUES (:id, :petition, :kind, :now, :account, :detail, :reason);

-- petition_event_list(petition petition) -> many petition_event_row
SELECT id, kind, happened_at, detail, reason FROM petition_event WHERE petition_id = :petition ORDER BY id LIMIT 200;

-- account_identity(id account) -> one account_identity_row(identity_key text)
SELECT name, COALESCE(identity_key, '') AS identity_key FROM account WHERE id = :id;

-- A petition of elsewhere, as it stood there.
-- petition_set_past(id petition, state text, signatures int, made time, opened time, closes time, closed time, reached time, ground text, ground_text text, decision text, decided time, report text) -> done
UPDATE petition SET state = :state, signatures = :signatures, made_at = :made, moderated_at = :made, opened_at = :opened, closes_at = :closes, closed_at = :closed,
       reached_at = :reached, ground = :ground, ground_text = :ground_text, decision = :decision, decided_at = :decided, report = :report
 WHERE id = :id;
