-- demo_copy.sql: more of the same: the rows of a range of lives that real operations made, once more with ids that lie `shift` earlier and moments that
-- lie `later`. Every person of a copy is a guest. Deadlines stay: they end with a day, and a copy lives on the same days.

-- copy_appeal(id appeal, number text, name text, email text, address text, kk_words text, ru_words text, shift int, later int) -> done
INSERT INTO appeal (id, number, kind, origin, lang, state, topic, place_id, region_id, first_body_id, body_id, account_id, filed_at, registered_at,
                    taken_by, due_at, paused_at, answered_at, closed_at, decision, rating, rated_at, extended_at, deemed_at, followup_at, reopened_n,
                    hops, joined_to, joined_n, complaint_about, collective, people_n, anonymous, danger, agreed_public, public_state, answer_unseen, updated_at, lat,
                    lon, entity, name, email, phone, post_address, on_behalf_of, reply_by, identity_key, identity_sealed, address, terms, title,
                    public_title, public_text, text)
SELECT id - :shift, :number, kind, origin, lang, state, topic, place_id, region_id, first_body_id, body_id, 0, filed_at + :later,
       registered_at + :later, taken_by, due_at, CASE WHEN paused_at = 0 THEN 0 ELSE paused_at + :later END,
       CASE WHEN answered_at = 0 THEN 0 ELSE answered_at + :later END, CASE WHEN closed_at = 0 THEN 0 ELSE closed_at + :later END, decision, rating,
       CASE WHEN rated_at = 0 THEN 0 ELSE rated_at + :later END, CASE WHEN extended_at = 0 THEN 0 ELSE extended_at + :later END,
       CASE WHEN deemed_at = 0 THEN 0 ELSE deemed_at + :later END, followup_at, reopened_n, hops,
       CASE WHEN joined_to = 0 THEN 0 ELSE joined_to - :shift END, joined_n, CASE WHEN complaint_about = 0 THEN 0 ELSE complaint_about - :shift END,
       collective, people_n, anonymous, danger, agreed_public, public_state, answer_unseen, updated_at + :later, lat, lon, entity, :name, :email, phone, post_address,
       on_behalf_of, reply_by, identity_key, identity_sealed, :address, terms, title, public_title, public_text,
       text || CASE lang WHEN 'kk' THEN :kk_words ELSE :ru_words END
  FROM appeal WHERE id = :id
ON CONFLICT (number) DO NOTHING;

-- copy_appeal_list(since appeal, until appeal) -> many copy_appeal_row
SELECT id, number FROM appeal WHERE id >= :since AND id < :until ORDER BY id;

-- copy_parts(since part, until part, shift int) -> done
INSERT INTO part (id, appeal_id, number, text)
SELECT id - :shift, appeal_id - :shift, number, text FROM part WHERE id >= :since AND id < :until;

-- copy_assignments(since assignment, until assignment, shift int, later int) -> done
INSERT INTO assignment (id, appeal_id, parent_id, body_id, from_body_id, parts, hop, state, reason, reason_text, resolution, executor_id, head_id,
                        made_at, taken_at, due_at, inner_due_at, done_at)
SELECT id - :shift, appeal_id - :shift, CASE WHEN parent_id = 0 THEN 0 ELSE parent_id - :shift END, body_id, from_body_id, parts, hop, state, reason,
       reason_text, resolution, executor_id, head_id, made_at + :later, CASE WHEN taken_at = 0 THEN 0 ELSE taken_at + :later END, due_at, inner_due_at,
       CASE WHEN done_at = 0 THEN 0 ELSE done_at + :later END
  FROM assignment WHERE id >= :since AND id < :until;

-- copy_assignees(since assignee, until assignee, shift int, later int) -> done
INSERT INTO assignee (id, assignment_id, account_id, lead, share, due_at, reply, done_at)
SELECT id - :shift, assignment_id - :shift, account_id, lead, share, due_at, reply, CASE WHEN done_at = 0 THEN 0 ELSE done_at + :later END
  FROM assignee WHERE id >= :since AND id < :until;

-- copy_events(since event, until event, shift int, later int) -> done
INSERT INTO event (id, appeal_id, kind, public, happened_at, account_id, actor, body_id, to_body_id, assignment_id, answer_id, detail, reason, due_at,
                   value, late, place_id, region_id, topic, appeal_kind, origin)
SELECT id - :shift, appeal_id - :shift, kind, public, happened_at + :later, CASE actor WHEN 'person' THEN 0 ELSE account_id END, actor, body_id,
       to_body_id, CASE WHEN assignment_id = 0 THEN 0 ELSE assignment_id - :shift END, CASE WHEN answer_id = 0 THEN 0 ELSE answer_id - :shift END,
       detail, reason, due_at, value, late, place_id, region_id, topic, appeal_kind, origin
  FROM event WHERE id >= :since AND id < :until;

-- copy_threads(since thread_message, until thread_message, shift int, later int) -> done
INSERT INTO thread_message (id, appeal_id, kind, from_person, account_id, body_id, lang, text, sent_at)
SELECT id - :shift, appeal_id - :shift, kind, from_person, CASE WHEN from_person THEN 0 ELSE account_id END, body_id, lang, text, sent_at + :later
  FROM thread_message WHERE id >= :since AND id < :until;

-- copy_duties(since duty, until duty, shift int, later int) -> done
INSERT INTO duty (id, kind, clause, subject_kind, subject_id, part_id, body_id, account_id, opened_at, due_at, closed_at, outcome, late, paused_at,
                  paused_us, next_at, reminded, kept_line, kept_on, kept_as)
SELECT id - :shift, kind, clause, subject_kind, subject_id - :shift, CASE WHEN part_id = 0 THEN 0 ELSE part_id - :shift END, body_id,
       CASE WHEN body_id = 0 THEN 0 ELSE account_id END, opened_at + :later, due_at, CASE WHEN closed_at = 0 THEN 0 ELSE closed_at + :later END, outcome,
       late, CASE WHEN paused_at = 0 THEN 0 ELSE paused_at + :later END, paused_us, next_at, reminded, kept_line, kept_on,
       kept_as
  FROM duty WHERE id >= :since AND id < :until AND subject_kind IN ('appeal', 'answer_step');

-- copy_answers(since answer, until answer, shift int, later int) -> done
INSERT INTO answer (id, appeal_id, assignment_id, body_id, version, state, decision, ground, lang, writer_id, approver_id, signer_id, made_at, saved_at,
                    checked_at, approved_at, signed_at, delivered_at, rated_at, rating_text, public_text, text)
SELECT id - :shift, appeal_id - :shift, assignment_id - :shift, body_id, version, state, decision, ground, lang, writer_id, approver_id, signer_id,
       made_at + :later, saved_at + :later, CASE WHEN checked_at = 0 THEN 0 ELSE checked_at + :later END,
       CASE WHEN approved_at = 0 THEN 0 ELSE approved_at + :later END, CASE WHEN signed_at = 0 THEN 0 ELSE signed_at + :later END,
       CASE WHEN delivered_at = 0 THEN 0 ELSE delivered_at + :later END, CASE WHEN rated_at = 0 THEN 0 ELSE rated_at + :later END, rating_text,
       public_text, text
  FROM answer WHERE id >= :since AND id < :until;

-- copy_answer_parts(since answer_part, until answer_part, shift int) -> done
INSERT INTO answer_part (id, answer_id, number, text)
SELECT id - :shift, answer_id - :shift, number, text FROM answer_part WHERE id >= :since AND id < :until;

-- copy_answer_steps(since answer_step, until answer_step, shift int, later int) -> done
INSERT INTO answer_step (id, answer_id, number, text, due_on, who, done_at, first_on, moved_n, done_on, said, replaced_at)
SELECT id - :shift, answer_id - :shift, number, text, due_on, who, CASE WHEN done_at = 0 THEN 0 ELSE done_at + :later END, first_on, moved_n, done_on,
       said, CASE WHEN replaced_at = 0 THEN 0 ELSE replaced_at + :later END
  FROM answer_step WHERE id >= :since AND id < :until;

-- copy_answer_options(since answer_option, until answer_option, shift int) -> done
INSERT INTO answer_option (id, answer_id, number, code, text)
SELECT id - :shift, answer_id - :shift, number, code, text FROM answer_option WHERE id >= :since AND id < :until;

-- copy_approvals(since approval, until approval, shift int, later int) -> done
INSERT INTO approval (id, answer_id, account_id, verdict, comment, decided_at)
SELECT id - :shift, answer_id - :shift, account_id, verdict, comment, decided_at + :later FROM approval WHERE id >= :since AND id < :until;

-- copy_hearings(since hearing, until hearing, shift int, later int) -> done
INSERT INTO hearing (id, appeal_id, assignment_id, body_id, state, preliminary, where_text, starts_at, told_at, object_until_at, objection, objected_at,
                     protocol, held_at)
SELECT id - :shift, appeal_id - :shift, assignment_id - :shift, body_id, state, preliminary, where_text, starts_at, told_at + :later, object_until_at,
       objection, CASE WHEN objected_at = 0 THEN 0 ELSE objected_at + :later END, protocol, CASE WHEN held_at = 0 THEN 0 ELSE held_at + :later END
  FROM hearing WHERE id >= :since AND id < :until;

-- copy_findings(since finding, until finding, shift int, later int) -> done
INSERT INTO finding (id, answer_id, body_id, writer_id, topic, kind, passed, found_at)
SELECT id - :shift, answer_id - :shift, body_id, writer_id, topic, kind, passed, found_at + :later FROM finding WHERE id >= :since AND id < :until;

-- copy_readings(since second_reading, until second_reading, shift int, later int) -> done
INSERT INTO second_reading (id, answer_id, body_id, reader_id, verdict, words, asked_at, read_at)
SELECT id - :shift, answer_id - :shift, body_id, reader_id, verdict, words, asked_at + :later, CASE WHEN read_at = 0 THEN 0 ELSE read_at + :later END
  FROM second_reading WHERE id >= :since AND id < :until;

-- copy_sketches(since answer, until answer, shift int) -> done
INSERT INTO answer_sketch (answer_id, appeal_id, least)
SELECT answer_id - :shift, appeal_id - :shift, least FROM answer_sketch WHERE answer_id >= :since AND answer_id < :until;

-- copy_changes(since public_change, until public_change, shift int, later int) -> done
INSERT INTO public_change (id, appeal_id, what, subject_id, before_text, after_text, account_id, body_id, reason, changed_at)
SELECT id - :shift, appeal_id - :shift, what, CASE WHEN subject_id = 0 THEN 0 ELSE subject_id - :shift END, before_text, after_text, account_id, body_id,
       reason, changed_at + :later
  FROM public_change WHERE id >= :since AND id < :until;

-- Documents of appeals: nothing else is told between the bounds. (A condition on their kind would be looked up, among those of all copies.)
-- copy_search_docs(since search_doc, until search_doc, shift int) -> done
INSERT INTO search_doc (id, kind, object_id, lang, region_id, path, title, text)
SELECT d.id - :shift, d.kind, d.object_id - :shift, d.lang, d.region_id, '/appeals/' || a.number, d.title, d.text
  FROM search_doc d JOIN appeal a ON a.id = d.object_id - :shift
 WHERE d.id >= :since AND d.id < :until;

-- copy_search_index(since search_doc, until search_doc, shift int) -> done
-- only sqlite
INSERT INTO search_index (rowid, title, words, tags)
SELECT i.rowid - :shift, i.title, i.words, i.tags FROM search_doc d JOIN search_index i ON i.rowid = d.id
 WHERE d.id >= :since AND d.id < :until;
-- end
-- only postgres
INSERT INTO search_index (id, title, words)
SELECT i.id - :shift, i.title, i.words FROM search_doc d JOIN search_index i ON i.id = d.id
 WHERE d.id >= :since AND d.id < :until;
-- end

-- What a database does by itself in time, done at once: the parts of the index of words become one; PostgreSQL learns how much there is.
-- copy_settle() -> done
-- only sqlite
INSERT INTO search_index (search_index) VALUES ('optimize');
-- end
-- only postgres
ANALYZE;
-- end

-- Keys of near copies, all copies at once and a slice of the keys at a time: rows come in the order of the table, not of the answers.
-- copy_bands(since answer, until answer, low int, high int, shift int, copies int) -> done
WITH RECURSIVE k (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM k WHERE n < :copies)
INSERT INTO answer_band (band, answer_id)
SELECT b.band, b.answer_id - k.n * :shift
  FROM answer_band b CROSS JOIN k
 WHERE b.band >= :low AND b.band <= :high AND b.answer_id >= :since AND b.answer_id < :until
 ORDER BY b.band, b.answer_id - k.n * :shift;

-- Counts of copies are those of their originals.

-- copy_tallies(times int) -> done
UPDATE tally SET n = n * :times;

-- copy_keeping(times int) -> done
UPDATE keep_count SET kept = kept * :times, moved = moved * :times, late = late * :times, open = open * :times;

-- copy_quality(times int) -> done
UPDATE quality_count SET n = n * :times;

-- copy_quality_cuts(times int) -> done
UPDATE quality_cut SET n = n * :times;
