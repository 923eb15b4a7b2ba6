-- petition.sql: petitions, signatures, counts.

-- petition_insert(id petition, body int, region int, topic text, threshold int, account int, author text, author_mail blob, lang text, title text, text text, title_other text, text_other text, terms text, link_key text, now time, due time) -> done
INSERT INTO petition (id, state, body_id, region_id, topic, threshold, account_id, author, author_mail, lang, title, text, title_other, text_other, terms, link_key, made_at,
                      moderate_due_at, updated_at)
VALUES (:id, 'moderation', :body, :region, :topic, :threshold, :account, :author, :author_mail, :lang, :title, :text, :title_other, :text_other, :terms, :link_key, :now, :due, :now);

-- petition_by_id(id petition) -> one petition_row
SELECT id, state, listed, body_id, region_id, topic, threshold, account_id, author, lang, title, text, title_other, text_other, link_key, signatures,
       made_at, moderated_at, moderate_due_at, supporters_due_at, opened_at, closes_at, closed_at, reached_at, register_due_at, ground, ground_kk, ground_ru, ground_en,
       ground_text, text_hidden, excluded,
       original_id, contest, contested_at, contest_answer, appeal_id, group_text, discuss_at, discuss_where, discussion, decision, decided_at, report, source,
       source_state, author_mail, anonymised_at, updated_at, moderated_by
  FROM petition WHERE id = :id;

-- petition_by_link(link_key text) -> one petition_row
SELECT id, state, listed, body_id, region_id, topic, threshold, account_id, author, lang, title, text, title_other, text_other, link_key, signatures,
       made_at, moderated_at, moderate_due_at, supporters_due_at, opened_at, closes_at, closed_at, reached_at, register_due_at, ground, ground_kk, ground_ru, ground_en,
       ground_text, text_hidden, excluded,
       original_id, contest, contested_at, contest_answer, appeal_id, group_text, discuss_at, discuss_where, discussion, decision, decided_at, report, source,
       source_state, author_mail, anonymised_at, updated_at, moderated_by
  FROM petition WHERE link_key = :link_key;

-- What the public may see, newest first; the state narrows it.
-- petition_list(before petition, limit int) -> many petition_line
SELECT id, state, body_id, threshold, lang, title, title_other, signatures, text_hidden, opened_at, closes_at, updated_at FROM petition
 WHERE listed = '1' AND id < :before ORDER BY id DESC LIMIT :limit;

-- petition_list_state(state text, before petition, limit int) -> many petition_line
SELECT id, state, body_id, threshold, lang, title, title_other, signatures, text_hidden, opened_at, closes_at, updated_at FROM petition
 WHERE state = :state AND listed = '1' AND id < :before ORDER BY id DESC LIMIT :limit;

-- petition_waiting(before petition, limit int) -> many petition_wait_row
SELECT id, lang, title, body_id, made_at, moderate_due_at FROM petition WHERE state = 'moderation' AND id > :before ORDER BY id LIMIT :limit;

-- How many hold a term; more than the limit says nothing.
-- term_holders(term text, limit int) -> value int
SELECT COUNT(*) FROM (SELECT 1 AS one FROM petition_term WHERE term = :term LIMIT :limit) x;

-- petition_near(term text, limit int) -> many petition_near_row
SELECT p.id, p.state, p.lang, p.title, p.terms, p.signatures FROM petition_term x JOIN petition p ON p.id = x.petition_id
 WHERE x.term = :term AND p.listed = '1' AND p.state IN ('open', 'review', 'decided') ORDER BY x.petition_id DESC LIMIT :limit;

-- petition_set_moderated(id petition, state text, listed bool, ground text, ground_text text, excluded text, original int, supporters_due time, closed time, by int, now time) -> done
UPDATE petition SET state = :state, listed = :listed, ground = :ground, ground_text = :ground_text, excluded = :excluded, original_id = :original,
       supporters_due_at = :supporters_due, closed_at = :closed, contest = '', contested_at = 0, contest_answer = '', moderated_at = :now, moderated_by = :by,
       updated_at = :now
 WHERE id = :id AND state IN ('moderation', 'refused');

-- The words of the ground as they are given, and whether it hides those of the petition.
-- petition_set_ground(id petition, kk text, ru text, en text, text_hidden bool) -> done
UPDATE petition SET ground_kk = :kk, ground_ru = :ru, ground_en = :en, text_hidden = :text_hidden, ground_kept = '1' WHERE id = :id;

-- petition_ground_unkept(limit int) -> many petition_ground_row
SELECT id, ground, excluded, text_hidden FROM petition WHERE ground_kept = '0' ORDER BY id LIMIT :limit;

-- petition_set_contested(id petition, words text, now time) -> done
UPDATE petition SET contest = :words, contested_at = :now, updated_at = :now WHERE id = :id AND state = 'refused' AND contested_at = 0;

-- petition_set_upheld(id petition, words text, now time) -> done
UPDATE petition SET contest_answer = :words, updated_at = :now WHERE id = :id AND state = 'refused' AND contested_at <> 0 AND contest_answer = '';

-- petition_contested(after petition, limit int) -> many petition_contest_row
SELECT id, lang, title, body_id, moderated_by, contested_at FROM petition
 WHERE state = 'refused' AND contested_at <> 0 AND contest_answer = '' AND id > :after ORDER BY id LIMIT :limit;

-- How many wait for moderators, and since when the first of them.
-- petition_waiting_n() -> one petition_queue_row(n int, oldest_at time)
SELECT COUNT(*) AS n, COALESCE(MIN(moderate_due_at), 0) AS oldest_at FROM petition WHERE state = 'moderation';

-- petition_delayed(now time, limit int) -> many petition_delay_row
SELECT id, account_id FROM petition WHERE state = 'moderation' AND delay_told_at = 0 AND moderate_due_at < :now ORDER BY id LIMIT :limit;

-- petition_set_delay_told(id petition, now time) -> done
UPDATE petition SET delay_told_at = :now WHERE id = :id;

-- petition_set_open(id petition, closes time, now time) -> done
UPDATE petition SET state = 'open', listed = '1', opened_at = :now, closes_at = :closes, updated_at = :now WHERE id = :id AND state = 'supporters';

-- petition_set_closed(id petition, state text, ground text, ground_text text, from_state text, now time) -> done
UPDATE petition SET state = :state, ground = :ground, ground_text = :ground_text, closed_at = :now, reached_at = 0, register_due_at = 0, author = '',
       updated_at = :now
 WHERE id = :id AND state = :from_state;

-- petition_set_reached(id petition, due time, now time) -> done
UPDATE petition SET reached_at = :now, register_due_at = :due, updated_at = :now WHERE id = :id AND state = 'open' AND reached_at = 0;

-- petition_set_fallen(id petition, now time) -> done
UPDATE petition SET reached_at = 0, register_due_at = 0, updated_at = :now WHERE id = :id AND state = 'open' AND reached_at <> 0;

-- petition_set_review(id petition, appeal appeal, now time) -> done
UPDATE petition SET state = 'review', closed_at = :now, appeal_id = :appeal, updated_at = :now WHERE id = :id AND state = 'open';

-- petition_set_words(id petition, group_text text, discuss time, discuss_where text, discussion text, report text, now time) -> done
UPDATE petition SET group_text = :group_text, discuss_at = :discuss, discuss_where = :discuss_where, discussion = :discussion, report = :report, updated_at = :now
 WHERE id = :id;

-- petition_set_decided(id petition, decision text, now time) -> done
UPDATE petition SET state = 'decided', decision = :decision, decided_at = :now, author = '', updated_at = :now WHERE id = :id AND state = 'review';

-- petition_due_supporters(now time, limit int) -> many petition_due_row
SELECT id, signatures FROM petition WHERE state = 'supporters' AND supporters_due_at <= :now ORDER BY id LIMIT :limit;

-- petition_due_close(now time, limit int) -> many petition_due_row
SELECT id, signatures FROM petition WHERE state = 'open' AND reached_at = 0 AND closes_at <= :now ORDER BY id LIMIT :limit;

-- petition_supported(least int, limit int) -> many petition_due_row
SELECT id, signatures FROM petition WHERE state = 'supporters' AND signatures >= :least ORDER BY id LIMIT :limit;

-- petition_reached(limit int) -> many petition_due_row
SELECT id, signatures FROM petition WHERE state = 'open' AND reached_at = 0 AND signatures >= threshold ORDER BY id LIMIT :limit;

-- petition_fallen(limit int) -> many petition_due_row
SELECT id, signatures FROM petition WHERE state = 'open' AND reached_at <> 0 AND signatures < threshold ORDER BY id LIMIT :limit;

-- petition_due_register(now time, limit int) -> many petition_due_row
SELECT id, signatures FROM petition WHERE state = 'open' AND reached_at <> 0 AND register_due_at <= :now AND signatures >= threshold ORDER BY id LIMIT :limit;

-- All that signing asks: in one step, for it happens thousands of times a second.
-- petition_signing_of(petition petition, account account) -> one petition_signing_row(identity_key text)
SELECT p.id, p.state, p.closes_at, p.supporters_due_at, p.link_key, a.name, a.email, COALESCE(a.identity_key, '') AS identity_key
  FROM petition p JOIN account a ON a.id = :account WHERE p.id = :petition;

-- One person once: 0 changed means that this person has signed before. Signatures keep the first half of the identity's hash: the index is half as large.
-- signature_insert(id petition_signature, petition petition, identity_key text, account int, first_name text, initial text, hidden bool, place int, region int, how text, net text, mail_domain text, mail_key text, mail_sealed blob, lang text, wants_mail bool, paper int, form_key int, now time) -> done
INSERT INTO petition_signature (id, petition_id, identity_key, account_id, first_name, initial, hidden, place_id, region_id, how, net, mail_domain, mail_key,
                                mail_sealed, lang, wants_mail, paper_id, form_key, signed_at)
VALUES (:id, :petition, substr(:identity_key, 1, 32), :account, :first_name, :initial, :hidden, :place, :region, :how, :net, :mail_domain, :mail_key, :mail_sealed, :lang,
        :wants_mail, :paper, :form_key, :now)
ON CONFLICT (petition_id, identity_key) DO NOTHING;

-- signature_of(petition petition, identity_key text) -> one signature_row
SELECT id, petition_id, place_id, region_id, hidden, form_key, signed_at, withdrawn_at, invalidated_at FROM petition_signature
 WHERE petition_id = :petition AND identity_key = substr(:identity_key, 1, 32);

-- signature_withdraw(id petition_signature, now time) -> done
UPDATE petition_signature SET withdrawn_at = :now WHERE id = :id AND withdrawn_at = 0;

-- The moment of the first signing stays: folding goes by it.
-- signature_again(id petition_signature, hidden bool, form_key int) -> done
UPDATE petition_signature SET withdrawn_at = 0, hidden = :hidden, form_key = :form_key WHERE id = :id AND withdrawn_at <> 0;

-- signature_shown(petition petition, before petition_signature, limit int) -> many signature_shown_row
SELECT id, first_name, initial, region_id, signed_at FROM petition_signature
 WHERE petition_id = :petition AND id < :before AND hidden = '0' AND withdrawn_at = 0 AND invalidated_at = 0 AND first_name <> '' ORDER BY id DESC LIMIT :limit;

-- signature_fold(after petition_signature, limit int) -> many signature_fold_row
SELECT id, petition_id, place_id, region_id, signed_at, withdrawn_at, invalidated_at FROM petition_signature
 WHERE id > :after ORDER BY id LIMIT :limit;

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
SELECT slot, n FROM petition_count WHERE petition_id = :petition AND cut = :cut AND slot >= :since AND n <> 0 ORDER BY slot LIMIT :limit;

-- petition_counts_all(petition petition, cut text, limit int) -> many petition_count_row(slot int, n int)
SELECT slot, n FROM petition_count WHERE petition_id = :petition AND cut = :cut ORDER BY slot LIMIT :limit;

-- What the rows say, for the recount: one row a place and hour would be as many as signatures, so each cut is summed by itself.
-- signature_rows(petition petition, upto int) -> one signature_sum(n int)
SELECT COUNT(*) AS n FROM petition_signature WHERE petition_id = :petition AND withdrawn_at = 0 AND invalidated_at = 0 AND id <= :upto;

-- signature_rows_place(petition petition, upto int) -> many petition_count_row(slot int, n int)
SELECT place_id AS slot, COUNT(*) AS n FROM petition_signature WHERE petition_id = :petition AND withdrawn_at = 0 AND invalidated_at = 0 AND id <= :upto
 GROUP BY place_id ORDER BY place_id;

-- signature_rows_region(petition petition, upto int) -> many petition_count_row(slot int, n int)
SELECT region_id AS slot, COUNT(*) AS n FROM petition_signature WHERE petition_id = :petition AND withdrawn_at = 0 AND invalidated_at = 0 AND id <= :upto
 GROUP BY region_id ORDER BY region_id;

-- signature_rows_hour(petition petition, upto int) -> many petition_count_row(slot int, n int)
SELECT signed_at / 3600000000 AS slot, COUNT(*) AS n FROM petition_signature WHERE petition_id = :petition AND withdrawn_at = 0 AND invalidated_at = 0 AND id <= :upto
 GROUP BY signed_at / 3600000000 ORDER BY slot;

-- Hour and region in one number: hour * 10^10 + region.
-- signature_rows_hour_region(petition petition, upto int) -> many petition_count_row(slot int, n int)
SELECT signed_at / 3600000000 * 10000000000 + region_id AS slot, COUNT(*) AS n FROM petition_signature
 WHERE petition_id = :petition AND withdrawn_at = 0 AND invalidated_at = 0 AND id <= :upto
 GROUP BY signed_at / 3600000000 * 10000000000 + region_id ORDER BY slot;

-- Whatever may have signatures here, whatever has become of it.
-- petition_counted(after petition, limit int) -> many petition_due_row
SELECT id, signatures FROM petition WHERE state NOT IN ('moderation', 'refused') AND source = '' AND id > :after ORDER BY id LIMIT :limit;

-- recount_insert(id petition_recount, now time) -> done
INSERT INTO petition_recount (id, counted_at, petitions, repaired, off_by) VALUES (:id, :now, 0, 0, 0);

-- A batch once, and only of the newest pass.
-- recount_moved(id petition_recount, before int, mark int, petitions int, repaired int, off_by int, ended time) -> done
UPDATE petition_recount SET mark = :mark, petitions = petitions + :petitions, repaired = repaired + :repaired, off_by = off_by + :off_by, ended_at = :ended
 WHERE id = :id AND mark = :before AND ended_at = 0 AND NOT EXISTS (SELECT 1 FROM petition_recount y WHERE y.id > :id);

-- recount_last() -> one recount_row
SELECT ended_at, petitions, repaired, off_by FROM petition_recount WHERE ended_at <> 0 ORDER BY id DESC LIMIT 1;

-- The first that is not counted yet.
-- signature_waiting(after petition_signature) -> one signature_waiting_row
SELECT signed_at FROM petition_signature WHERE id > :after ORDER BY id LIMIT 1;

-- petition_event_insert(id petition_event, petition petition, kind text, account int, detail text, reason text, now time) -> done
INSERT INTO petition_event (id, petition_id, kind, happened_at, account_id, detail, reason) VALUES (:id, :petition, :kind, :now, :account, :detail, :reason);

-- petition_event_list(petition petition) -> many petition_event_row
SELECT id, kind, happened_at, detail, reason FROM petition_event WHERE petition_id = :petition ORDER BY id LIMIT 300;

-- account_identity(id account) -> one account_identity_row(identity_key text)
SELECT name, email, lang, mail_off, COALESCE(identity_key, '') AS identity_key FROM account WHERE id = :id;

-- A petition of elsewhere, as it stood there.
-- petition_set_past(id petition, state text, signatures int, made time, opened time, closes time, closed time, reached time, ground text, ground_text text, decision text, decided time, report text, source text, source_state text) -> done
UPDATE petition SET state = :state, listed = '1', signatures = :signatures, made_at = :made, moderated_at = :made, opened_at = :opened, closes_at = :closes,
       closed_at = :closed, reached_at = :reached, ground = :ground, ground_text = :ground_text, decision = :decision, decided_at = :decided, report = :report,
       source = :source, source_state = :source_state
 WHERE id = :id;

-- ---- search: every word of the query, in what everybody may find ----

-- term_insert(term text, petition int) -> done
INSERT INTO petition_term (term, petition_id) VALUES (:term, :petition) ON CONFLICT (term, petition_id) DO NOTHING;

-- petition_set_indexed(id petition) -> done
UPDATE petition SET indexed = '1' WHERE id = :id;

-- petition_unindexed(limit int) -> many petition_words_row
SELECT id, title, text, title_other, text_other FROM petition WHERE indexed = '0' ORDER BY id LIMIT :limit;

-- s1 empty: every state.
-- petition_page(s1 text, s2 text, s3 text, s4 text, s5 text, skip int, limit int) -> many petition_line
SELECT id, state, body_id, threshold, lang, title, title_other, signatures, text_hidden, opened_at, closes_at, updated_at FROM petition
 WHERE listed = '1' AND (:s1 = '' OR state IN (:s1, :s2, :s3, :s4, :s5)) ORDER BY id DESC LIMIT :limit OFFSET :skip;

-- petition_page_n(s1 text, s2 text, s3 text, s4 text, s5 text) -> value int
SELECT COUNT(*) FROM petition WHERE listed = '1' AND (:s1 = '' OR state IN (:s1, :s2, :s3, :s4, :s5));

-- petition_found(t1 text, t2 text, t3 text, t4 text, s1 text, s2 text, s3 text, s4 text, s5 text, skip int, limit int) -> many petition_line
SELECT p.id, p.state, p.body_id, p.threshold, p.lang, p.title, p.title_other, p.signatures, p.text_hidden, p.opened_at, p.closes_at, p.updated_at
  FROM petition_term x JOIN petition p ON p.id = x.petition_id
 WHERE x.term = :t1 AND p.listed = '1' AND (:s1 = '' OR p.state IN (:s1, :s2, :s3, :s4, :s5))
   AND (:t2 = '' OR EXISTS (SELECT 1 FROM petition_term y WHERE y.term = :t2 AND y.petition_id = p.id))
   AND (:t3 = '' OR EXISTS (SELECT 1 FROM petition_term y WHERE y.term = :t3 AND y.petition_id = p.id))
   AND (:t4 = '' OR EXISTS (SELECT 1 FROM petition_term y WHERE y.term = :t4 AND y.petition_id = p.id))
 ORDER BY x.petition_id DESC LIMIT :limit OFFSET :skip;

-- petition_found_n(t1 text, t2 text, t3 text, t4 text, s1 text, s2 text, s3 text, s4 text, s5 text) -> value int
SELECT COUNT(*)
  FROM petition_term x JOIN petition p ON p.id = x.petition_id
 WHERE x.term = :t1 AND p.listed = '1' AND (:s1 = '' OR p.state IN (:s1, :s2, :s3, :s4, :s5))
   AND (:t2 = '' OR EXISTS (SELECT 1 FROM petition_term y WHERE y.term = :t2 AND y.petition_id = p.id))
   AND (:t3 = '' OR EXISTS (SELECT 1 FROM petition_term y WHERE y.term = :t3 AND y.petition_id = p.id))
   AND (:t4 = '' OR EXISTS (SELECT 1 FROM petition_term y WHERE y.term = :t4 AND y.petition_id = p.id));

-- Of one region: cut 'x' holds hour * 10^10 + region.
-- petition_counts_region(petition petition, region int, since int, limit int) -> many petition_count_row(slot int, n int)
SELECT slot, n FROM petition_count WHERE petition_id = :petition AND cut = 'x' AND slot >= :since AND slot % 10000000000 = :region AND n <> 0 ORDER BY slot LIMIT :limit;

-- petition_counts_between(petition petition, since int, until int) -> many petition_count_row(slot int, n int)
SELECT slot, n FROM petition_count WHERE petition_id = :petition AND cut = 'x' AND slot >= :since AND slot < :until AND n <> 0 ORDER BY n DESC, slot LIMIT 30;

-- Refused because they ask for what this one asks for.
-- petition_copies(original int, limit int) -> many petition_copy_row
SELECT id, lang, title FROM petition WHERE original_id = :original AND original_id <> 0 AND state = 'refused' ORDER BY id DESC LIMIT :limit;

-- term_delete(term text, petition int) -> done
DELETE FROM petition_term WHERE term = :term AND petition_id = :petition;

-- ---- signing by mail ----

-- pending_insert(id petition_pending, petition petition, mail_key text, slot int, name_key text, identity_key text, mail_sealed blob, mail_domain text, first_name text, initial text, hidden bool, wants_mail bool, place int, region int, net text, lang text, confirmed time, now time) -> done
INSERT INTO petition_pending (id, petition_id, mail_key, slot, name_key, identity_key, mail_sealed, mail_domain, first_name, initial, hidden, wants_mail, place_id, region_id,
                              net, lang, confirmed_at, made_at)
VALUES (:id, :petition, :mail_key, :slot, :name_key, :identity_key, :mail_sealed, :mail_domain, :first_name, :initial, :hidden, :wants_mail, :place, :region, :net, :lang, :confirmed,
        :now)
ON CONFLICT (petition_id, mail_key, slot) DO NOTHING;

-- pending_of(petition petition, mail_key text) -> many pending_row
SELECT id, petition_id, mail_key, slot, name_key, identity_key, mail_sealed, mail_domain, first_name, initial, hidden, wants_mail, place_id, region_id, net, lang,
       mails, made_at, confirmed_at
  FROM petition_pending WHERE petition_id = :petition AND mail_key = :mail_key ORDER BY slot LIMIT 2;

-- pending_by_id(id petition_pending) -> one pending_row
SELECT id, petition_id, mail_key, slot, name_key, identity_key, mail_sealed, mail_domain, first_name, initial, hidden, wants_mail, place_id, region_id, net, lang,
       mails, made_at, confirmed_at
  FROM petition_pending WHERE id = :id;

-- pending_mailed(id petition_pending, most int) -> done
UPDATE petition_pending SET mails = mails + 1 WHERE id = :id AND mails < :most;

-- pending_confirmed(id petition_pending, now time) -> done
UPDATE petition_pending SET confirmed_at = :now WHERE id = :id AND confirmed_at = 0;

-- pending_claim(id petition_pending, identity_key text, now time) -> done
UPDATE petition_pending SET identity_key = :identity_key, confirmed_at = :now WHERE id = :id AND identity_key = '';

-- pending_reopen(id petition_pending) -> done
UPDATE petition_pending SET confirmed_at = 0 WHERE id = :id;

-- ---- paper ----

-- paper_insert(id petition_paper, petition petition, sheet text, counted int, place int, reason text, scan_sha256 text, scan_type text, account int, now time) -> done
INSERT INTO petition_paper (id, petition_id, sheet, counted, taken, doubled, place_id, reason, scan_sha256, scan_type, account_id, made_at)
VALUES (:id, :petition, :sheet, :counted, 0, 0, :place, :reason, :scan_sha256, :scan_type, :account, :now)
ON CONFLICT (petition_id, sheet) DO NOTHING;

-- paper_set_taken(id petition_paper, taken int, doubled int, doubled_lines text) -> done
UPDATE petition_paper SET taken = :taken, doubled = :doubled, doubled_lines = :doubled_lines WHERE id = :id;

-- paper_by_id(id petition_paper) -> one paper_row
SELECT id, petition_id, sheet, counted, taken, doubled, doubled_lines, place_id, reason, scan_sha256, scan_type, made_at FROM petition_paper WHERE id = :id;

-- paper_list(petition petition, before petition_paper, limit int) -> many paper_row
SELECT id, petition_id, sheet, counted, taken, doubled, doubled_lines, place_id, reason, scan_sha256, scan_type, made_at
  FROM petition_paper WHERE petition_id = :petition AND id < :before ORDER BY id DESC LIMIT :limit;

-- ---- taking many out ----

-- invalidation_insert(id petition_invalidation, petition petition, domain text, cidr text, net_from text, net_to text, since time, until time, place int, paper int, reason text, account int, now time) -> done
INSERT INTO petition_invalidation (id, petition_id, state, domain, cidr, net_from, net_to, since_at, until_at, place_id, paper_id, reason, account_id, made_at)
VALUES (:id, :petition, 'counting', :domain, :cidr, :net_from, :net_to, :since, :until, :place, :paper, :reason, :account, :now);

-- invalidation_by_id(id petition_invalidation) -> one invalidation_row
SELECT id, petition_id, state, domain, cidr, net_from, net_to, since_at, until_at, place_id, paper_id, reason, matched, done_n, mark, made_at, ended_at
  FROM petition_invalidation WHERE id = :id;

-- invalidation_list(petition petition, before petition_invalidation, limit int) -> many invalidation_row
SELECT id, petition_id, state, domain, cidr, net_from, net_to, since_at, until_at, place_id, paper_id, reason, matched, done_n, mark, made_at, ended_at
  FROM petition_invalidation WHERE petition_id = :petition AND id < :before ORDER BY id DESC LIMIT :limit;

-- invalidation_counted(id petition_invalidation, matched int) -> done
UPDATE petition_invalidation SET state = 'counted', matched = :matched WHERE id = :id AND state = 'counting';

-- invalidation_set_state(id petition_invalidation, state text, from_state text, mark int, ended time) -> done
UPDATE petition_invalidation SET state = :state, mark = :mark, ended_at = :ended WHERE id = :id AND state = :from_state;

-- invalidation_moved(id petition_invalidation, mark int, n int) -> done
UPDATE petition_invalidation SET mark = :mark, done_n = done_n + :n WHERE id = :id;

-- signature_match(petition petition, after petition_signature, domain text, net_from text, net_to text, since time, until time, place int, paper int, limit int) -> many signature_row
SELECT id, petition_id, place_id, region_id, hidden, form_key, signed_at, withdrawn_at, invalidated_at FROM petition_signature
 WHERE petition_id = :petition AND id > :after AND withdrawn_at = 0 AND invalidated_at = 0
   AND (:domain = '' OR mail_domain = :domain) AND (:net_from = '' OR (net >= :net_from AND net <= :net_to)) AND (:since = 0 OR signed_at >= :since)
   AND (:until = 0 OR signed_at < :until) AND (:place = 0 OR place_id = :place OR region_id = :place) AND (:paper = 0 OR paper_id = :paper)
 ORDER BY id LIMIT :limit;

-- signature_match_n(petition petition, domain text, net_from text, net_to text, since time, until time, place int, paper int) -> value int
SELECT COUNT(*) FROM petition_signature
 WHERE petition_id = :petition AND withdrawn_at = 0 AND invalidated_at = 0
   AND (:domain = '' OR mail_domain = :domain) AND (:net_from = '' OR (net >= :net_from AND net <= :net_to)) AND (:since = 0 OR signed_at >= :since)
   AND (:until = 0 OR signed_at < :until) AND (:place = 0 OR place_id = :place OR region_id = :place) AND (:paper = 0 OR paper_id = :paper);

-- signature_invalidate(id petition_signature, invalidation int, now time) -> done
UPDATE petition_signature SET invalidated_at = :now, invalidation_id = :invalidation WHERE id = :id AND invalidated_at = 0 AND withdrawn_at = 0;

-- signature_invalidated(petition petition, after petition_signature, invalidation int, limit int) -> many signature_row
SELECT id, petition_id, place_id, region_id, hidden, form_key, signed_at, withdrawn_at, invalidated_at FROM petition_signature
 WHERE petition_id = :petition AND id > :after AND invalidation_id = :invalidation AND invalidated_at <> 0 ORDER BY id LIMIT :limit;

-- signature_revalidate(id petition_signature) -> done
UPDATE petition_signature SET invalidated_at = 0, invalidation_id = 0 WHERE id = :id AND invalidated_at <> 0;

-- ---- letters to signers ----

-- mailing_insert(id petition_mailing, petition petition, kind text, about int, text text, text_other text, upto int, total int, account int, now time) -> done
INSERT INTO petition_mailing (id, petition_id, kind, about_id, state, text, text_other, upto, total, account_id, made_at)
VALUES (:id, :petition, :kind, :about, 'running', :text, :text_other, :upto, :total, :account, :now);

-- mailing_by_id(id petition_mailing) -> one mailing_row
SELECT id, petition_id, kind, about_id, state, text, text_other, mark, upto, total, seen, queued, made_at, ended_at FROM petition_mailing WHERE id = :id;

-- mailing_list(petition petition, before petition_mailing, limit int) -> many mailing_row
SELECT id, petition_id, kind, about_id, state, text, text_other, mark, upto, total, seen, queued, made_at, ended_at
  FROM petition_mailing WHERE petition_id = :petition AND id < :before ORDER BY id DESC LIMIT :limit;

-- mailing_running(after petition_mailing, limit int) -> many mailing_row
SELECT id, petition_id, kind, about_id, state, text, text_other, mark, upto, total, seen, queued, made_at, ended_at
  FROM petition_mailing WHERE state = 'running' AND id > :after ORDER BY id LIMIT :limit;

-- mailing_moved(id petition_mailing, mark int, before int, seen int, queued int) -> done
UPDATE petition_mailing SET mark = :mark, seen = seen + :seen, queued = queued + :queued WHERE id = :id AND state = 'running' AND mark = :before;

-- mailing_end(id petition_mailing, state text, now time) -> done
UPDATE petition_mailing SET state = :state, ended_at = :now WHERE id = :id AND state = 'running';

-- The last signature there is, and how many: whom a letter goes to.
-- signature_last(petition petition) -> one signature_last_row(last int, n int)
SELECT COALESCE(MAX(id), 0) AS last, COUNT(*) AS n FROM petition_signature WHERE petition_id = :petition;

-- signer_rows(petition petition, after petition_signature, upto int, limit int) -> many signer_row(email text, account_lang text, account_off bool)
SELECT s.id, s.account_id, s.mail_sealed, s.lang, s.wants_mail, s.mail_off, s.withdrawn_at, s.invalidated_at, COALESCE(a.email, '') AS email,
       COALESCE(a.lang, '') AS account_lang, COALESCE(a.mail_off, '0') AS account_off
  FROM petition_signature s LEFT JOIN account a ON a.id = s.account_id
 WHERE s.petition_id = :petition AND s.id > :after AND s.id <= :upto ORDER BY s.id LIMIT :limit;

-- signature_petition(id petition_signature) -> one signature_petition_row
SELECT petition_id, mail_off FROM petition_signature WHERE id = :id;

-- signature_set_mail_off(id petition_signature, off bool) -> done
UPDATE petition_signature SET mail_off = :off, wants_mail = '0' WHERE id = :id;

-- letters_waiting(limit int) -> value int
SELECT COUNT(*) FROM (SELECT 1 AS one FROM mail WHERE state = 'queued' LIMIT :limit) x;

-- ---- forgetting names ----

-- petition_to_anonymise(closed time, limit int) -> many petition_due_row
SELECT id, signatures FROM petition
 WHERE anonymised_at = 0 AND closed_at <> 0 AND closed_at <= :closed AND decided_at <= :closed AND state NOT IN ('review', 'supporters', 'moderation', 'open') AND source = ''
 ORDER BY closed_at LIMIT :limit;

-- signature_ids(petition petition, after petition_signature, limit int) -> many signature_id_row
SELECT id FROM petition_signature WHERE petition_id = :petition AND id > :after ORDER BY id LIMIT :limit;

-- signature_anonymise(petition petition, after petition_signature, upto petition_signature) -> done
UPDATE petition_signature SET identity_key = 'x' || CAST(id AS TEXT), account_id = 0, first_name = '', initial = '', net = '', mail_domain = '', mail_key = '',
       mail_sealed = NULL, wants_mail = '0', mail_off = '1', form_key = 0
 WHERE petition_id = :petition AND id > :after AND id <= :upto;

-- pending_forget(petition petition) -> done
DELETE FROM petition_pending WHERE petition_id = :petition;

-- petition_set_anonymised(id petition, now time) -> done
UPDATE petition SET account_id = 0, author = '', author_mail = NULL, anonymised_at = :now WHERE id = :id;
