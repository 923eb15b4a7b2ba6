-- appeal.sql: every statement of the tracked record.

-- appeal_insert(id appeal, number text, kind text, origin text, lang text, state text, topic text, place int, region int, body int, account int, now time, registered time, taken_by int, due time, complaint_about int, collective bool, people int, anonymous bool, danger bool, agreed_public bool, public_state text, received day, written_by int, written_body int, lat real, lon real, entity bool, name text, email text, phone text, post_address text, on_behalf_of text, reply_by text, identity_key text, identity_sealed blob, address text, terms text, title text, text text) -> done
INSERT INTO appeal (id, number, kind, origin, lang, state, topic, place_id, region_id, first_body_id, body_id, account_id,
                    filed_at, registered_at, taken_by, due_at, complaint_about, collective, people_n, anonymous, danger,
                    agreed_public, public_state, updated_at, received_on, written_by, written_body_id, lat, lon, entity, name, email, phone,
                    post_address, on_behalf_of, reply_by, identity_key, identity_sealed, address, terms, title, text)
VALUES (:id, :number, :kind, :origin, :lang, :state, :topic, :place, :region, :body, :body, :account, :now, :registered,
        :taken_by, :due, :complaint_about, :collective, :people, :anonymous, :danger, :agreed_public, :public_state, :now,
        :received, :written_by, :written_body, :lat, :lon, :entity, :name, :email, :phone, :post_address, :on_behalf_of, :reply_by, :identity_key, :identity_sealed,
        :address, :terms, :title, :text)
ON CONFLICT (number) DO NOTHING;

-- appeal_by_id(id appeal) -> one appeal_row
SELECT id, number, kind, origin, lang, state, topic, place_id, region_id, first_body_id, body_id, account_id, filed_at,
       registered_at, taken_by, due_at, paused_at, answered_at, closed_at, decision, rating, rated_at, extended_at,
       deemed_at, followup_at, reopened_n, hops, joined_to, joined_n, complaint_about, collective, people_n, anonymous, danger,
       agreed_public, public_state, updated_at, received_on, written_by, written_body_id, lat, lon, hidden_lat, hidden_lon, entity, name, email, phone,
       post_address, on_behalf_of, reply_by, identity_key, identity_sealed, address, terms, title, public_title, public_text, text
  FROM appeal WHERE id = :id;

-- appeal_by_number(number text) -> one appeal_row
SELECT id, number, kind, origin, lang, state, topic, place_id, region_id, first_body_id, body_id, account_id, filed_at,
       registered_at, taken_by, due_at, paused_at, answered_at, closed_at, decision, rating, rated_at, extended_at,
       deemed_at, followup_at, reopened_n, hops, joined_to, joined_n, complaint_about, collective, people_n, anonymous, danger,
       agreed_public, public_state, updated_at, received_on, written_by, written_body_id, lat, lon, hidden_lat, hidden_lon, entity, name, email, phone,
       post_address, on_behalf_of, reply_by, identity_key, identity_sealed, address, terms, title, public_title, public_text, text
  FROM appeal WHERE number = :number;

-- Waits for whoever changes the same record; SQLite has one writer anyway.
-- appeal_lock(id appeal) -> value appeal
SELECT id FROM appeal WHERE id = :id
-- only postgres
   FOR UPDATE
-- end
;

-- appeal_id_of(number text) -> value appeal
SELECT id FROM appeal WHERE number = :number;

-- appeal_set_state(id appeal, state text, body int, due time, paused time, now time) -> done
UPDATE appeal SET state = :state, body_id = :body, due_at = :due, paused_at = :paused, updated_at = :now WHERE id = :id;

-- appeal_set_registered(id appeal, kind text, topic text, place int, region int, due time, account int) -> done
UPDATE appeal SET kind = :kind, topic = :topic, place_id = :place, region_id = :region, due_at = :due, taken_by = :account WHERE id = :id;

-- appeal_set_hops(id appeal, hops int) -> done
UPDATE appeal SET hops = :hops WHERE id = :id;

-- appeal_set_extended(id appeal, now time, due time) -> done
UPDATE appeal SET extended_at = :now, due_at = :due WHERE id = :id;

-- appeal_set_answered(id appeal, decision text, now time, followup time) -> done
UPDATE appeal SET decision = :decision, answered_at = :now, followup_at = :followup, rating = '', rated_at = 0 WHERE id = :id;

-- appeal_set_rating(id appeal, rating text, now time) -> done
UPDATE appeal SET rating = :rating, rated_at = :now WHERE id = :id;

-- appeal_set_closed(id appeal, now time, followup time) -> done
UPDATE appeal SET closed_at = :now, followup_at = :followup WHERE id = :id;

-- appeal_set_reopened(id appeal, registered time) -> done
UPDATE appeal SET reopened_n = reopened_n + 1, registered_at = :registered, answered_at = 0, closed_at = 0, deemed_at = 0,
       extended_at = 0, followup_at = 0, decision = '', rating = '', rated_at = 0
 WHERE id = :id;

-- appeal_set_deemed(id appeal, now time) -> done
UPDATE appeal SET deemed_at = :now, updated_at = :now WHERE id = :id AND deemed_at = 0;

-- appeal_set_followup(id appeal, followup time) -> done
UPDATE appeal SET followup_at = :followup WHERE id = :id;

-- appeal_copy_identity(id appeal, identity_key text, identity_sealed blob) -> done
UPDATE appeal SET identity_key = :identity_key, identity_sealed = :identity_sealed WHERE id = :id;

-- appeal_set_joined(id appeal, other appeal) -> done
UPDATE appeal SET joined_to = :other WHERE id = :id AND joined_to = 0;

-- appeal_count_joined(id appeal, n int, now time) -> done
UPDATE appeal SET joined_n = joined_n + :n, updated_at = :now WHERE id = :id;

-- appeal_set_public(id appeal, public_state text, title text, text text, now time) -> done
UPDATE appeal SET public_state = :public_state, public_title = :title, public_text = :text, updated_at = :now WHERE id = :id;

-- appeal_set_updated(id appeal, now time) -> done
UPDATE appeal SET updated_at = :now WHERE id = :id;

-- Lists. Newest first behind `before`; a page asks for one more than it shows.

-- appeal_of_account(account int, before appeal, limit int) -> many appeal_line
SELECT id, number, kind, origin, lang, state, topic, place_id, region_id, body_id, filed_at, due_at, paused_at, answered_at,
       closed_at, decision, rating, deemed_at, extended_at, reopened_n, hops, joined_n, danger, public_state, updated_at,
       title
  FROM appeal WHERE account_id = :account AND account_id <> 0 AND id < :before ORDER BY id DESC LIMIT :limit;

-- appeal_written_by(account int, since appeal, limit int) -> many appeal_line
SELECT id, number, kind, origin, lang, state, topic, place_id, region_id, body_id, filed_at, due_at, paused_at, answered_at,
       closed_at, decision, rating, deemed_at, extended_at, reopened_n, hops, joined_n, danger, public_state, updated_at,
       title
  FROM appeal WHERE written_by = :account AND written_by <> 0 AND id > :since ORDER BY id DESC LIMIT :limit;

-- appeal_joined_list(other int, after appeal, limit int) -> many appeal_line
SELECT id, number, kind, origin, lang, state, topic, place_id, region_id, body_id, filed_at, due_at, paused_at, answered_at,
       closed_at, decision, rating, deemed_at, extended_at, reopened_n, hops, joined_n, danger, public_state, updated_at,
       title
  FROM appeal WHERE joined_to = :other AND joined_to <> 0 AND id > :after ORDER BY id LIMIT :limit;

-- appeal_contested_list(other int) -> many appeal_line
SELECT id, number, kind, origin, lang, state, topic, place_id, region_id, body_id, filed_at, due_at, paused_at, answered_at,
       closed_at, decision, rating, deemed_at, extended_at, reopened_n, hops, joined_n, danger, public_state, updated_at,
       title
  FROM appeal WHERE complaint_about = :other AND complaint_about <> 0 ORDER BY id LIMIT 20;

-- appeal_to_clear_list(body int, after appeal, limit int) -> many appeal_line
SELECT id, number, kind, origin, lang, state, topic, place_id, region_id, body_id, filed_at, due_at, paused_at, answered_at,
       closed_at, decision, rating, deemed_at, extended_at, reopened_n, hops, joined_n, danger, public_state, updated_at,
       title
  FROM appeal WHERE body_id = :body AND public_state = 'waiting' AND id > :after ORDER BY id LIMIT :limit;

-- appeal_hide_point(id appeal, now time) -> done
UPDATE appeal SET hidden_lat = lat, hidden_lon = lon, lat = 0, lon = 0, updated_at = :now WHERE id = :id AND (lat <> 0 OR lon <> 0);

-- appeal_show_point(id appeal, now time) -> done
UPDATE appeal SET lat = hidden_lat, lon = hidden_lon, hidden_lat = 0, hidden_lon = 0, updated_at = :now WHERE id = :id AND (hidden_lat <> 0 OR hidden_lon <> 0);

-- What the public sees: only what a moderator cleared, only the masked words.

-- Newest first. `before` is the last of the page before; none: what came in until `until`. state: open, closed or empty.
-- appeal_public_recent(since time, until time, state text, before appeal, limit int) -> many appeal_public_row
SELECT id, number, kind, origin, lang, state, topic, place_id, region_id, first_body_id, body_id, filed_at, due_at,
       answered_at, closed_at, decision, rating, deemed_at, reopened_n, joined_n, updated_at, lat, lon, public_title,
       public_text
  FROM appeal
 WHERE public_state = 'cleared' AND filed_at >= :since
   AND (filed_at, id) < (COALESCE((SELECT b.filed_at FROM appeal b WHERE b.id = :before), :until), :before)
   AND (:state = '' OR (:state = 'closed') = (state IN ('answered', 'closed', 'stopped', 'withdrawn', 'joined')))
 ORDER BY filed_at DESC, id DESC LIMIT :limit;

-- appeal_public_of_topic(topic text, since time, until time, state text, before appeal, limit int) -> many appeal_public_row
SELECT id, number, kind, origin, lang, state, topic, place_id, region_id, first_body_id, body_id, filed_at, due_at,
       answered_at, closed_at, decision, rating, deemed_at, reopened_n, joined_n, updated_at, lat, lon, public_title,
       public_text
  FROM appeal
 WHERE topic = :topic AND public_state = 'cleared' AND filed_at >= :since
   AND (filed_at, id) < (COALESCE((SELECT b.filed_at FROM appeal b WHERE b.id = :before), :until), :before)
   AND (:state = '' OR (:state = 'closed') = (state IN ('answered', 'closed', 'stopped', 'withdrawn', 'joined')))
 ORDER BY filed_at DESC, id DESC LIMIT :limit;

-- appeal_public_of_region(region int, since time, until time, state text, before appeal, limit int) -> many appeal_public_row
SELECT id, number, kind, origin, lang, state, topic, place_id, region_id, first_body_id, body_id, filed_at, due_at,
       answered_at, closed_at, decision, rating, deemed_at, reopened_n, joined_n, updated_at, lat, lon, public_title,
       public_text
  FROM appeal
 WHERE region_id = :region AND public_state = 'cleared' AND filed_at >= :since
   AND (filed_at, id) < (COALESCE((SELECT b.filed_at FROM appeal b WHERE b.id = :before), :until), :before)
   AND (:state = '' OR (:state = 'closed') = (state IN ('answered', 'closed', 'stopped', 'withdrawn', 'joined')))
 ORDER BY filed_at DESC, id DESC LIMIT :limit;

-- appeal_public_of_both(topic text, region int, since time, until time, state text, before appeal, limit int) -> many appeal_public_row
SELECT id, number, kind, origin, lang, state, topic, place_id, region_id, first_body_id, body_id, filed_at, due_at,
       answered_at, closed_at, decision, rating, deemed_at, reopened_n, joined_n, updated_at, lat, lon, public_title,
       public_text
  FROM appeal
 WHERE topic = :topic AND region_id = :region AND public_state = 'cleared' AND filed_at >= :since
   AND (filed_at, id) < (COALESCE((SELECT b.filed_at FROM appeal b WHERE b.id = :before), :until), :before)
   AND (:state = '' OR (:state = 'closed') = (state IN ('answered', 'closed', 'stopped', 'withdrawn', 'joined')))
 ORDER BY filed_at DESC, id DESC LIMIT :limit;

-- appeal_public_updated(after time, after_id appeal, limit int) -> many appeal_public_row
SELECT id, number, kind, origin, lang, state, topic, place_id, region_id, first_body_id, body_id, filed_at, due_at,
       answered_at, closed_at, decision, rating, deemed_at, reopened_n, joined_n, updated_at, lat, lon, public_title,
       public_text
  FROM appeal WHERE public_state = 'cleared' AND (updated_at, id) > (:after, :after_id) ORDER BY updated_at, id LIMIT :limit;

-- appeal_public_by_number(number text) -> one appeal_public_row
SELECT id, number, kind, origin, lang, state, topic, place_id, region_id, first_body_id, body_id, filed_at, due_at,
       answered_at, closed_at, decision, rating, deemed_at, reopened_n, joined_n, updated_at, lat, lon, public_title,
       public_text
  FROM appeal WHERE number = :number AND public_state = 'cleared';

-- Candidates for "somebody asked this already".
-- appeal_near(topic text, region int, since appeal, limit int) -> many appeal_near_row
SELECT id, number, state, topic, place_id, body_id, filed_at, joined_n, public_title, terms
  FROM appeal
 WHERE topic = :topic AND region_id = :region AND id > :since AND public_state = 'cleared' AND joined_to = 0
 ORDER BY id DESC LIMIT :limit;

-- appeal_silent(now time, limit int) -> many appeal_due_row
SELECT id, due_at FROM appeal
 WHERE answered_at = 0 AND closed_at = 0 AND deemed_at = 0 AND paused_at = 0 AND due_at < :now
 ORDER BY due_at LIMIT :limit;

-- appeal_followup_due(now time, limit int) -> many appeal_followup_row
SELECT id, followup_at FROM appeal WHERE followup_at <> 0 AND followup_at <= :now ORDER BY followup_at LIMIT :limit;

-- Points asked.

-- part_insert(id part, appeal appeal, number int, text text) -> done
INSERT INTO part (id, appeal_id, number, text) VALUES (:id, :appeal, :number, :text);

-- part_list(appeal appeal) -> many part_row
SELECT id, number, text FROM part WHERE appeal_id = :appeal ORDER BY number LIMIT 30;

-- part_delete(appeal appeal) -> done
DELETE FROM part WHERE appeal_id = :appeal;

-- Shares of bodies.

-- assignment_insert(id assignment, appeal appeal, parent int, body int, from_body int, parts int, hop int, state text, reason text, reason_text text, now time, due time) -> done
INSERT INTO assignment (id, appeal_id, parent_id, body_id, from_body_id, parts, hop, state, reason, reason_text, made_at, due_at)
VALUES (:id, :appeal, :parent, :body, :from_body, :parts, :hop, :state, :reason, :reason_text, :now, :due);

-- assignment_list(appeal appeal) -> many assignment_row
SELECT id, parent_id, body_id, from_body_id, parts, hop, state, reason, reason_text, resolution, executor_id, head_id,
       made_at, taken_at, due_at, inner_due_at, done_at
  FROM assignment WHERE appeal_id = :appeal ORDER BY id LIMIT 200;

-- assignment_held(appeal appeal, body int) -> value int
SELECT COUNT(*) AS n FROM assignment WHERE appeal_id = :appeal AND body_id = :body;

-- assignment_set(id assignment, state text, parts int, due time, done time) -> done
UPDATE assignment SET state = :state, parts = :parts, due_at = :due, done_at = :done WHERE id = :id;

-- assignment_set_resolved(id assignment, executor int, head int, resolution text, inner_due time, now time) -> done
UPDATE assignment SET state = 'working', executor_id = :executor, head_id = :head, resolution = :resolution, inner_due_at = :inner_due, taken_at = :now
 WHERE id = :id;

-- The desk's queue: open shares of a body, what is owed first on top, with what a line shows. Questions of journalists have a queue of their own.
-- assignment_queue(body int, due time, after assignment, limit int) -> many queue_line(title text)
SELECT s.id, s.appeal_id, s.state AS share_state, s.parts, s.hop, s.from_body_id, s.executor_id, s.due_at, s.inner_due_at, a.number, a.kind,
       a.origin, a.lang, a.state, a.topic, a.place_id, a.filed_at, a.paused_at, a.deemed_at, a.reopened_n, a.danger, a.joined_n, a.title
  FROM assignment s JOIN appeal a ON a.id = s.appeal_id
 WHERE s.body_id = :body AND s.done_at = 0 AND a.origin <> 'press' AND (s.due_at, s.id) > (:due, :after)
 ORDER BY s.due_at, s.id LIMIT :limit;

-- assignment_queue_state(body int, state text, due time, after assignment, limit int) -> many queue_line(title text)
SELECT s.id, s.appeal_id, s.state AS share_state, s.parts, s.hop, s.from_body_id, s.executor_id, s.due_at, s.inner_due_at, a.number, a.kind,
       a.origin, a.lang, a.state, a.topic, a.place_id, a.filed_at, a.paused_at, a.deemed_at, a.reopened_n, a.danger, a.joined_n, a.title
  FROM assignment s JOIN appeal a ON a.id = s.appeal_id
 WHERE s.body_id = :body AND s.done_at = 0 AND a.origin <> 'press' AND s.state = :state AND (s.due_at, s.id) > (:due, :after)
 ORDER BY s.due_at, s.id LIMIT :limit;

-- assignment_queue_mine(account int, due time, after assignment, limit int) -> many queue_line(title text)
SELECT s.id, s.appeal_id, s.state AS share_state, s.parts, s.hop, s.from_body_id, s.executor_id, s.due_at, s.inner_due_at, a.number, a.kind,
       a.origin, a.lang, a.state, a.topic, a.place_id, a.filed_at, a.paused_at, a.deemed_at, a.reopened_n, a.danger, a.joined_n, a.title
  FROM assignment s JOIN appeal a ON a.id = s.appeal_id
 WHERE s.executor_id = :account AND s.executor_id <> 0 AND s.done_at = 0 AND a.origin <> 'press' AND (s.due_at, s.id) > (:due, :after)
 ORDER BY s.due_at, s.id LIMIT :limit;

-- From the few questions that are not closed: a large body has ten thousands of other open shares, and the plus keeps SQLite from their index.
-- assignment_queue_press(body int, due time, after assignment, limit int) -> many queue_line(title text)
SELECT s.id, s.appeal_id, s.state AS share_state, s.parts, s.hop, s.from_body_id, s.executor_id, s.due_at, s.inner_due_at, a.number, a.kind,
       a.origin, a.lang, a.state, a.topic, a.place_id, a.filed_at, a.paused_at, a.deemed_at, a.reopened_n, a.danger, a.joined_n, a.title
  FROM appeal a CROSS JOIN assignment s
 WHERE a.origin = 'press' AND a.closed_at = 0 AND s.appeal_id = a.id AND +s.body_id = :body AND s.done_at = 0 AND (s.due_at, s.id) > (:due, :after)
 ORDER BY s.due_at, s.id LIMIT :limit;

-- assignee_queue(account int, after_due time, limit int) -> many assignee_line(title text)
SELECT e.id, e.assignment_id, e.lead, e.share, e.due_at, s.appeal_id, a.number, a.state, a.topic, a.title
  FROM assignee e JOIN assignment s ON s.id = e.assignment_id JOIN appeal a ON a.id = s.appeal_id
 WHERE e.account_id = :account AND e.done_at = 0 AND s.done_at = 0 AND e.due_at >= :after_due
 ORDER BY e.due_at LIMIT :limit;

-- assignee_insert(id assignee, assignment assignment, account int, lead bool, share text, due time) -> done
INSERT INTO assignee (id, assignment_id, account_id, lead, share, due_at) VALUES (:id, :assignment, :account, :lead, :share, :due)
ON CONFLICT (assignment_id, account_id) DO NOTHING;

-- staff_in_body(account int, body int) -> value int
SELECT COUNT(*) AS n FROM staff_role r JOIN account a ON a.id = r.account_id
 WHERE r.account_id = :account AND r.body_id = :body AND a.state = 'active';

-- assignee_list(assignment assignment) -> many assignee_row
SELECT id, account_id, lead, share, due_at, reply, done_at FROM assignee WHERE assignment_id = :assignment ORDER BY lead DESC, id LIMIT 50;

-- assignee_delete_open(assignment assignment) -> done
DELETE FROM assignee WHERE assignment_id = :assignment AND done_at = 0;

-- assignee_done(assignment assignment, account int, reply text, now time) -> done
UPDATE assignee SET reply = :reply, done_at = :now WHERE assignment_id = :assignment AND account_id = :account AND done_at = 0;

-- The trail.

-- event_insert(id event, appeal appeal, kind text, public bool, now time, account int, actor text, body int, to_body int, assignment int, answer int, detail text, reason text, due time, value int, late bool, place int, region int, topic text, appeal_kind text, origin text) -> done
INSERT INTO event (id, appeal_id, kind, public, happened_at, account_id, actor, body_id, to_body_id, assignment_id, answer_id, detail, reason,
                   due_at, value, late, place_id, region_id, topic, appeal_kind, origin)
VALUES (:id, :appeal, :kind, :public, :now, :account, :actor, :body, :to_body, :assignment, :answer, :detail, :reason,
        :due, :value, :late, :place, :region, :topic, :appeal_kind, :origin);

-- event_list(appeal appeal) -> many event_row
SELECT id, appeal_id, kind, public, happened_at, account_id, actor, body_id, to_body_id, assignment_id, answer_id, detail, reason, due_at, value, late
  FROM event WHERE appeal_id = :appeal ORDER BY id LIMIT 500;

-- event_by_id(id event) -> one event_row
SELECT id, appeal_id, kind, public, happened_at, account_id, actor, body_id, to_body_id, assignment_id, answer_id, detail, reason, due_at, value, late
  FROM event WHERE id = :id;

-- Behind a mark, for counting and for feeds.
-- event_after(after event, until event, limit int) -> many event_count_row
SELECT id, appeal_id, kind, happened_at, body_id, to_body_id, detail, value, late, place_id, region_id, topic, appeal_kind, origin
  FROM event WHERE id > :after AND id <= :until ORDER BY id LIMIT :limit;

-- The thread, notes, files, locks.

-- thread_insert(id thread_message, appeal appeal, kind text, from_person bool, account int, body int, lang text, text text, now time) -> done
INSERT INTO thread_message (id, appeal_id, kind, from_person, account_id, body_id, lang, text, sent_at)
VALUES (:id, :appeal, :kind, :from_person, :account, :body, :lang, :text, :now);

-- thread_list(appeal appeal) -> many thread_row
SELECT id, kind, from_person, account_id, body_id, lang, text, sent_at FROM thread_message WHERE appeal_id = :appeal ORDER BY id LIMIT 500;

-- note_insert(id note, appeal appeal, body int, account int, text text, now time) -> done
INSERT INTO note (id, appeal_id, body_id, account_id, text, written_at) VALUES (:id, :appeal, :body, :account, :text, :now);

-- note_list(appeal appeal, body int) -> many note_row
SELECT id, account_id, text, written_at FROM note WHERE appeal_id = :appeal AND body_id = :body ORDER BY id LIMIT 200;

-- file_insert(id file, appeal appeal, owner_kind text, owner int, sha256 text, media_type text, name text, size int, account int, now time) -> done
INSERT INTO file (id, appeal_id, owner_kind, owner_id, sha256, media_type, name, size_bytes, account_id, added_at)
VALUES (:id, :appeal, :owner_kind, :owner, :sha256, :media_type, :name, :size, :account, :now);

-- file_list(appeal appeal) -> many file_row
SELECT id, appeal_id, owner_kind, owner_id, sha256, media_type, name, size_bytes, cleared, public_name, added_at FROM file WHERE appeal_id = :appeal ORDER BY id LIMIT 200;

-- file_by_id(id file) -> one file_row
SELECT id, appeal_id, owner_kind, owner_id, sha256, media_type, name, size_bytes, cleared, public_name, added_at FROM file WHERE id = :id;

-- file_set_public(id file, appeal appeal, cleared bool, name text) -> done
UPDATE file SET cleared = :cleared, public_name = :name WHERE id = :id AND appeal_id = :appeal;

-- public_change_insert(id public_change, appeal appeal, what text, subject int, before text, after text, account int, body int, reason text, now time) -> done
INSERT INTO public_change (id, appeal_id, what, subject_id, before_text, after_text, account_id, body_id, reason, changed_at)
VALUES (:id, :appeal, :what, :subject, :before, :after, :account, :body, :reason, :now);

-- public_change_list(appeal appeal, limit int) -> many public_change_row
SELECT id, what, subject_id, before_text, after_text, account_id, body_id, reason, changed_at FROM public_change
 WHERE appeal_id = :appeal ORDER BY id DESC LIMIT :limit;

-- public_change_by_id(id public_change, appeal appeal) -> one public_change_row
SELECT id, what, subject_id, before_text, after_text, account_id, body_id, reason, changed_at FROM public_change
 WHERE id = :id AND appeal_id = :appeal;

-- appeal_set_unseen(id appeal, unseen bool) -> done
UPDATE appeal SET answer_unseen = :unseen WHERE id = :id;

-- appeal_unseen_list(body int, limit int) -> many appeal_line
SELECT id, number, kind, origin, lang, state, topic, place_id, region_id, body_id, filed_at, due_at, paused_at, answered_at,
       closed_at, decision, rating, deemed_at, extended_at, reopened_n, hops, joined_n, danger, public_state, updated_at,
       title
  FROM appeal WHERE body_id = :body AND answer_unseen = '1' ORDER BY id LIMIT :limit;

-- edit_lock_get(kind text, subject int) -> one edit_lock_row
SELECT account_id, taken_at, until_at FROM edit_lock WHERE subject_kind = :kind AND subject_id = :subject;

-- edit_lock_take(kind text, subject int, account int, now time, until time, over bool) -> done
INSERT INTO edit_lock (subject_kind, subject_id, account_id, taken_at, until_at) VALUES (:kind, :subject, :account, :now, :until)
ON CONFLICT (subject_kind, subject_id) DO UPDATE
   SET account_id = excluded.account_id, until_at = excluded.until_at,
       taken_at = CASE WHEN edit_lock.account_id = excluded.account_id THEN edit_lock.taken_at ELSE excluded.taken_at END
 WHERE edit_lock.account_id = excluded.account_id OR edit_lock.until_at <= excluded.taken_at OR :over;

-- edit_lock_drop(kind text, subject int, account int) -> done
DELETE FROM edit_lock WHERE subject_kind = :kind AND subject_id = :subject AND account_id = :account;
