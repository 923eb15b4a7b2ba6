-- meeting.sql: meetings of heads with residents.

-- meeting_insert(id meeting, body int, place int, region int, outside bool, starts time, ends time, lang text, speaker text, venue text, agenda text, seats int, reserved int, broadcast text, video text, contact text, now time) -> done
INSERT INTO meeting (id, body_id, place_id, region_id, state, outside, starts_at, ends_at, lang, speaker, venue, agenda, seats, reserved, broadcast, video, contact,
                     made_at, updated_at)
VALUES (:id, :body, :place, :region, 'planned', :outside, :starts, :ends, :lang, :speaker, :venue, :agenda, :seats, :reserved, :broadcast, :video, :contact, :now, :now);

-- meeting_by_id(id meeting) -> one meeting_row
SELECT id, body_id, place_id, region_id, state, outside, starts_at, ends_at, moved, lang, speaker, venue, agenda, seats, reserved, taken, broadcast, video,
       contact, questions, waiting, announced_at, began_at, ended_at, filed_at, published_at, talk_sec, question_sec, other_sec, came, summary, made_at, updated_at
  FROM meeting WHERE id = :id;

-- meeting_set_words(id meeting, speaker text, venue text, agenda text, seats int, reserved int, broadcast text, video text, contact text, now time) -> done
UPDATE meeting SET speaker = :speaker, venue = :venue, agenda = :agenda, seats = :seats, reserved = :reserved, broadcast = :broadcast, video = :video,
       contact = :contact, updated_at = :now
 WHERE id = :id AND state IN ('planned', 'announced');

-- meeting_set_moved(id meeting, starts time, ends time, now time) -> done
UPDATE meeting SET starts_at = :starts, ends_at = :ends, moved = moved + 1, updated_at = :now WHERE id = :id AND state IN ('planned', 'announced');

-- meeting_set_announced(id meeting, now time) -> done
UPDATE meeting SET state = 'announced', announced_at = :now, updated_at = :now WHERE id = :id AND state = 'planned';

-- meeting_set_cancelled(id meeting, now time) -> done
UPDATE meeting SET state = 'cancelled', waiting = 0, updated_at = :now WHERE id = :id AND state IN ('planned', 'announced');

-- meeting_set_live(id meeting, now time) -> done
UPDATE meeting SET state = 'live', began_at = :now, updated_at = :now WHERE id = :id AND state IN ('planned', 'announced');

-- meeting_set_ended(id meeting, talk int, question int, other int, came int, now time) -> done
UPDATE meeting SET state = 'ended', ended_at = :now, talk_sec = :talk, question_sec = :question, other_sec = :other, came = :came, waiting = 0, updated_at = :now
 WHERE id = :id AND state = 'live';

-- meeting_set_filed(id meeting, now time) -> done
UPDATE meeting SET filed_at = :now, updated_at = :now WHERE id = :id AND filed_at = 0;

-- A line came late and brought a question.
-- meeting_set_unfiled(id meeting) -> done
UPDATE meeting SET filed_at = 0 WHERE id = :id AND filed_at <> 0;

-- meeting_set_published(id meeting, summary text, now time) -> done
UPDATE meeting SET state = 'published', summary = :summary, published_at = :now, updated_at = :now WHERE id = :id AND state = 'ended' AND filed_at <> 0;

-- meeting_ids(before meeting, limit int) -> many meeting_id_line
SELECT id FROM meeting WHERE id < :before ORDER BY id DESC LIMIT :limit;

-- meeting_touch(id meeting, now time) -> done
UPDATE meeting SET updated_at = :now WHERE id = :id;

-- One more question: the row gives its number.
-- meeting_count_question(id meeting, waiting int, now time) -> done
UPDATE meeting SET questions = questions + 1, waiting = waiting + :waiting, updated_at = :now WHERE id = :id;

-- A moderator has seen one of those that wait (-1), or put one back (1).
-- meeting_count_waiting(id meeting, n int) -> done
UPDATE meeting SET waiting = waiting + :n WHERE id = :id;

-- meeting_count_topic(meeting meeting, topic text) -> done
INSERT INTO meeting_topic (meeting_id, topic, n) VALUES (:meeting, :topic, 1)
ON CONFLICT (meeting_id, topic) DO UPDATE SET n = meeting_topic.n + excluded.n;

-- meeting_topic_list(meeting meeting) -> many meeting_topic_row
SELECT topic, n FROM meeting_topic WHERE meeting_id = :meeting LIMIT 1000;

-- A seat is taken while there is one.
-- meeting_take_seat(id meeting) -> done
UPDATE meeting SET taken = taken + 1 WHERE id = :id AND (seats = 0 OR taken < seats - reserved);

-- meeting_free_seat(id meeting) -> done
UPDATE meeting SET taken = taken - 1 WHERE id = :id AND taken > 0;

-- What lies ahead, the nearest first.
-- meeting_ahead(starts time, after meeting, limit int) -> many meeting_line
SELECT id, body_id, place_id, state, outside, starts_at, ends_at, moved, lang, speaker, venue, seats, taken, broadcast, announced_at, published_at, talk_sec, question_sec,
       other_sec, came, questions, updated_at
  FROM meeting WHERE (starts_at, id) > (:starts, :after) ORDER BY starts_at, id LIMIT :limit;

-- meeting_ahead_region(region int, starts time, after meeting, limit int) -> many meeting_line
SELECT id, body_id, place_id, state, outside, starts_at, ends_at, moved, lang, speaker, venue, seats, taken, broadcast, announced_at, published_at, talk_sec, question_sec,
       other_sec, came, questions, updated_at
  FROM meeting WHERE region_id = :region AND (starts_at, id) > (:starts, :after) ORDER BY starts_at, id LIMIT :limit;

-- meeting_ahead_body(body int, starts time, after meeting, limit int) -> many meeting_line
SELECT id, body_id, place_id, state, outside, starts_at, ends_at, moved, lang, speaker, venue, seats, taken, broadcast, announced_at, published_at, talk_sec, question_sec,
       other_sec, came, questions, updated_at
  FROM meeting WHERE body_id = :body AND (starts_at, id) > (:starts, :after) ORDER BY starts_at, id LIMIT :limit;

-- What has been, the newest first.
-- meeting_past(starts time, before meeting, limit int) -> many meeting_line
SELECT id, body_id, place_id, state, outside, starts_at, ends_at, moved, lang, speaker, venue, seats, taken, broadcast, announced_at, published_at, talk_sec, question_sec,
       other_sec, came, questions, updated_at
  FROM meeting WHERE (starts_at, id) < (:starts, :before) ORDER BY starts_at DESC, id DESC LIMIT :limit;

-- meeting_past_region(region int, starts time, before meeting, limit int) -> many meeting_line
SELECT id, body_id, place_id, state, outside, starts_at, ends_at, moved, lang, speaker, venue, seats, taken, broadcast, announced_at, published_at, talk_sec, question_sec,
       other_sec, came, questions, updated_at
  FROM meeting WHERE region_id = :region AND (starts_at, id) < (:starts, :before) ORDER BY starts_at DESC, id DESC LIMIT :limit;

-- meeting_past_body(body int, starts time, before meeting, limit int) -> many meeting_line
SELECT id, body_id, place_id, state, outside, starts_at, ends_at, moved, lang, speaker, venue, seats, taken, broadcast, announced_at, published_at, talk_sec, question_sec,
       other_sec, came, questions, updated_at
  FROM meeting WHERE body_id = :body AND (starts_at, id) < (:starts, :before) ORDER BY starts_at DESC, id DESC LIMIT :limit;

-- meeting_live_list(limit int) -> many meeting_id_row
SELECT id FROM meeting WHERE state = 'live' ORDER BY id LIMIT :limit;

-- meeting_to_file_list(limit int) -> many meeting_id_row
SELECT id FROM meeting WHERE state IN ('ended', 'published', 'cancelled') AND filed_at = 0 ORDER BY id LIMIT :limit;

-- meeting_event_insert(id meeting_event, meeting meeting, kind text, account int, detail text, reason text, now time) -> done
INSERT INTO meeting_event (id, meeting_id, kind, happened_at, account_id, detail, reason) VALUES (:id, :meeting, :kind, :now, :account, :detail, :reason);

-- meeting_event_list(meeting meeting) -> many meeting_event_row
SELECT id, kind, happened_at, account_id, detail, reason FROM meeting_event WHERE meeting_id = :meeting ORDER BY id LIMIT 200;

-- ---- calendar and what is owed ----

-- meeting_calendar_insert(id meeting_calendar, body int, year int, now time) -> done
INSERT INTO meeting_calendar (id, body_id, year, made_at) VALUES (:id, :body, :year, :now) ON CONFLICT (body_id, year) DO NOTHING;

-- meeting_calendar_get(body int, year int) -> one meeting_calendar_row
SELECT id, body_id, year, made_at, approved_at, note FROM meeting_calendar WHERE body_id = :body AND year = :year;

-- meeting_calendar_by_id(id meeting_calendar) -> one meeting_calendar_row
SELECT id, body_id, year, made_at, approved_at, note FROM meeting_calendar WHERE id = :id;

-- meeting_calendar_approve(id meeting_calendar, account int, note text, now time) -> done
UPDATE meeting_calendar SET approved_at = :now, approved_by = :account, note = :note WHERE id = :id AND approved_at = 0;

-- meeting_calendar_list(year int, after int, limit int) -> many meeting_calendar_row
SELECT id, body_id, year, made_at, approved_at, note FROM meeting_calendar WHERE year = :year AND body_id > :after ORDER BY body_id LIMIT :limit;

-- meeting_owed_insert(id meeting_owed, body int, place int, region int, from_day day, until_day day, number int) -> done
INSERT INTO meeting_owed (id, body_id, place_id, region_id, from_on, until_on, number)
VALUES (:id, :body, :place, :region, :from_day, :until_day, :number)
ON CONFLICT (body_id, place_id, from_on, number) DO NOTHING;

-- meeting_owed_by_id(id meeting_owed) -> one meeting_owed_row
SELECT id, body_id, place_id, from_on, until_on, number, meeting_id, kept_at FROM meeting_owed WHERE id = :id;

-- The one that a meeting on this day keeps.
-- meeting_owed_open(body int, place int, day day) -> one meeting_owed_row
SELECT id, body_id, place_id, from_on, until_on, number, meeting_id, kept_at FROM meeting_owed
 WHERE body_id = :body AND place_id = :place AND from_on <= :day AND until_on >= :day AND kept_at = 0 ORDER BY from_on, number LIMIT 1;

-- meeting_owed_keep(id meeting_owed, meeting int, now time) -> done
UPDATE meeting_owed SET meeting_id = :meeting, kept_at = :now WHERE id = :id AND kept_at = 0;

-- meeting_owed_of_body(body int, from_day day, until_day day, limit int) -> many meeting_owed_row
SELECT id, body_id, place_id, from_on, until_on, number, meeting_id, kept_at FROM meeting_owed
 WHERE body_id = :body AND from_on >= :from_day AND until_on <= :until_day ORDER BY from_on, place_id, number LIMIT :limit;

-- Not held in time, the latest first.
-- meeting_owed_late(day day, before_day day, before meeting_owed, limit int) -> many meeting_owed_row
SELECT id, body_id, place_id, from_on, until_on, number, meeting_id, kept_at FROM meeting_owed
 WHERE kept_at = 0 AND until_on < :day AND (until_on, id) < (:before_day, :before) ORDER BY until_on DESC, id DESC LIMIT :limit;

-- By body: owed and kept in spans that begin in these days.
-- meeting_owed_sums(from_day day, until_day day, day day) -> many meeting_owed_sum(n int, kept int, late int)
SELECT body_id, COUNT(*) AS n, SUM(CASE WHEN kept_at <> 0 THEN 1 ELSE 0 END) AS kept,
       SUM(CASE WHEN kept_at = 0 AND until_on < :day THEN 1 ELSE 0 END) AS late
  FROM meeting_owed WHERE until_on >= :from_day AND until_on <= :until_day GROUP BY body_id ORDER BY body_id;

-- ---- announcement ----

-- meeting_proof_insert(id meeting_proof, meeting meeting, channel text, link text, note text, shown day, sha256 text, media_type text, file_name text, account int, now time) -> done
INSERT INTO meeting_proof (id, meeting_id, channel, link, note, shown_on, sha256, media_type, file_name, account_id, made_at)
VALUES (:id, :meeting, :channel, :link, :note, :shown, :sha256, :media_type, :file_name, :account, :now);

-- meeting_proof_list(meeting meeting) -> many meeting_proof_row
SELECT id, meeting_id, channel, link, note, shown_on, sha256, media_type, file_name FROM meeting_proof WHERE meeting_id = :meeting ORDER BY id LIMIT 100;

-- meeting_proof_count(meeting meeting, channel text) -> value int
SELECT COUNT(*) FROM meeting_proof WHERE meeting_id = :meeting AND channel = :channel;

-- meeting_proof_get(id meeting_proof) -> one meeting_proof_row
SELECT id, meeting_id, channel, link, note, shown_on, sha256, media_type, file_name FROM meeting_proof WHERE id = :id;

-- ---- the hall ----

-- meeting_seat_insert(id meeting_seat, meeting meeting, state text, code text, person_key text, account int, name text, email text, lang text, walked_in bool, came time, now time) -> done
INSERT INTO meeting_seat (id, meeting_id, state, code, person_key, account_id, name, email, lang, walked_in, made_at, came_at)
VALUES (:id, :meeting, :state, :code, NULLIF(:person_key, ''), :account, :name, :email, :lang, :walked_in, :now, :came)
ON CONFLICT DO NOTHING;

-- meeting_seat_of_person(meeting meeting, person_key text) -> one meeting_seat_row
SELECT id, meeting_id, state, code, account_id, name, email, lang, walked_in, made_at, came_at FROM meeting_seat WHERE meeting_id = :meeting AND person_key = :person_key;

-- meeting_seat_by_id(id meeting_seat) -> one meeting_seat_row
SELECT id, meeting_id, state, code, account_id, name, email, lang, walked_in, made_at, came_at FROM meeting_seat WHERE id = :id;

-- meeting_seat_by_code(meeting meeting, code text) -> one meeting_seat_row
SELECT id, meeting_id, state, code, account_id, name, email, lang, walked_in, made_at, came_at FROM meeting_seat WHERE meeting_id = :meeting AND code = :code;

-- meeting_seat_leave(id meeting_seat, from_state text) -> done
UPDATE meeting_seat SET state = 'left', person_key = NULL WHERE id = :id AND state = :from_state AND came_at = 0;

-- meeting_seat_next(meeting meeting) -> one meeting_seat_row
SELECT id, meeting_id, state, code, account_id, name, email, lang, walked_in, made_at, came_at FROM meeting_seat WHERE meeting_id = :meeting AND state = 'waiting' ORDER BY id LIMIT 1;

-- meeting_seat_up(id meeting_seat) -> done
UPDATE meeting_seat SET state = 'seat' WHERE id = :id AND state = 'waiting';

-- meeting_seat_came(id meeting_seat, now time) -> done
UPDATE meeting_seat SET came_at = :now WHERE id = :id AND came_at = 0 AND state <> 'left';

-- meeting_seat_list(meeting meeting, after meeting_seat, limit int) -> many meeting_seat_row
SELECT id, meeting_id, state, code, account_id, name, email, lang, walked_in, made_at, came_at FROM meeting_seat WHERE meeting_id = :meeting AND state <> 'left' AND id > :after ORDER BY id LIMIT :limit;

-- meeting_seat_before(meeting meeting, id meeting_seat) -> value int
SELECT COUNT(*) FROM meeting_seat WHERE meeting_id = :meeting AND state = 'waiting' AND id <= :id;

-- meeting_came(meeting meeting) -> value int
SELECT COUNT(*) FROM meeting_seat WHERE meeting_id = :meeting AND came_at <> 0;

-- ---- questions ----

-- meeting_question_insert(id meeting_question, meeting meeting, number int, how text, state text, lang text, text text, shown text, topic text, name text, email text, phone text, account int, visitor text, line_key text, let time, now time) -> done
INSERT INTO meeting_question (id, meeting_id, number, how, state, lang, text, shown, topic, name, email, phone, account_id, visitor_key, line_key, let_at, asked_at)
VALUES (:id, :meeting, :number, :how, :state, :lang, :text, :shown, :topic, :name, :email, :phone, :account, :visitor, NULLIF(:line_key, ''), :let, :now);

-- meeting_question_by_id(id meeting_question) -> one meeting_question_row
SELECT id, meeting_id, number, how, state, lang, text, shown, topic, name, email, phone, account_id, joined_to, votes, pass_body, unsolved, appeal_id, measure_id, spoken, asked_at,
       let_at, done_at FROM meeting_question WHERE id = :id;

-- meeting_question_of_line(meeting meeting, line_key text) -> one meeting_question_row
SELECT id, meeting_id, number, how, state, lang, text, shown, topic, name, email, phone, account_id, joined_to, votes, pass_body, unsolved, appeal_id, measure_id, spoken, asked_at,
       let_at, done_at FROM meeting_question WHERE meeting_id = :meeting AND line_key = :line_key;

-- meeting_question_current(meeting meeting) -> one meeting_question_row
SELECT id, meeting_id, number, how, state, lang, text, shown, topic, name, email, phone, account_id, joined_to, votes, pass_body, unsolved, appeal_id, measure_id, spoken, asked_at,
       let_at, done_at FROM meeting_question WHERE meeting_id = :meeting AND state = 'answering';

-- meeting_question_list(meeting meeting, after int, limit int) -> many meeting_question_row
SELECT id, meeting_id, number, how, state, lang, text, shown, topic, name, email, phone, account_id, joined_to, votes, pass_body, unsolved, appeal_id, measure_id, spoken, asked_at,
       let_at, done_at FROM meeting_question WHERE meeting_id = :meeting AND number > :after ORDER BY number LIMIT :limit;

-- The newest first, for who types along.
-- meeting_question_recent(meeting meeting, before int, limit int) -> many meeting_question_row
SELECT id, meeting_id, number, how, state, lang, text, shown, topic, name, email, phone, account_id, joined_to, votes, pass_body, unsolved, appeal_id, measure_id, spoken, asked_at,
       let_at, done_at FROM meeting_question WHERE meeting_id = :meeting AND number < :before ORDER BY number DESC LIMIT :limit;

-- meeting_question_waiting(meeting meeting, after int, limit int) -> many meeting_question_row
SELECT id, meeting_id, number, how, state, lang, text, shown, topic, name, email, phone, account_id, joined_to, votes, pass_body, unsolved, appeal_id, measure_id, spoken, asked_at,
       let_at, done_at FROM meeting_question WHERE meeting_id = :meeting AND state = 'waiting' AND number > :after ORDER BY number LIMIT :limit;

-- The queue of the hall: what many ask before what one asks, and of those who was let through first. From the highest votes there can be on: all of it.
-- meeting_question_queue(meeting meeting, votes int, let time, after meeting_question, limit int) -> many meeting_question_row
SELECT id, meeting_id, number, how, state, lang, text, shown, topic, name, email, phone, account_id, joined_to, votes, pass_body, unsolved, appeal_id, measure_id, spoken, asked_at,
       let_at, done_at FROM meeting_question
 WHERE meeting_id = :meeting AND state = 'queued' AND votes <= :votes AND (votes < :votes OR (let_at, id) > (:let, :after)) ORDER BY votes DESC, let_at, id LIMIT :limit;

-- Those that a moderator has nothing to do about, the newest first.
-- meeting_question_settled(meeting meeting, before int, limit int) -> many meeting_question_row
SELECT id, meeting_id, number, how, state, lang, text, shown, topic, name, email, phone, account_id, joined_to, votes, pass_body, unsolved, appeal_id, measure_id, spoken, asked_at,
       let_at, done_at FROM meeting_question
 WHERE meeting_id = :meeting AND state IN ('answering', 'on_spot', 'owed', 'not_ours', 'joined') AND number < :before ORDER BY number DESC LIMIT :limit;

-- meeting_question_move(id meeting_question, from_state text, state text, now time) -> done
UPDATE meeting_question SET state = :state, let_at = CASE WHEN let_at = 0 THEN :now ELSE let_at END,
       done_at = CASE WHEN :state IN ('on_spot', 'owed', 'not_ours', 'joined') THEN :now ELSE 0 END
 WHERE id = :id AND state = :from_state AND appeal_id = 0;

-- meeting_question_set_body(id meeting_question, body int) -> done
UPDATE meeting_question SET pass_body = :body WHERE id = :id;

-- meeting_question_join(id meeting_question, joined_to int) -> done
UPDATE meeting_question SET joined_to = :joined_to WHERE id = :id;

-- meeting_question_vote(id meeting_question, n int) -> done
UPDATE meeting_question SET votes = votes + :n WHERE id = :id;

-- meeting_question_set_spoken(id meeting_question) -> done
UPDATE meeting_question SET spoken = '1' WHERE id = :id;

-- meeting_question_set_unsolved(id meeting_question, unsolved text) -> done
UPDATE meeting_question SET unsolved = :unsolved WHERE id = :id;

-- meeting_question_set_measure(id meeting_question, measure int) -> done
UPDATE meeting_question SET measure_id = :measure WHERE id = :id AND measure_id = 0;

-- meeting_question_joined_list(joined_to int) -> many meeting_question_row
SELECT id, meeting_id, number, how, state, lang, text, shown, topic, name, email, phone, account_id, joined_to, votes, pass_body, unsolved, appeal_id, measure_id, spoken, asked_at,
       let_at, done_at FROM meeting_question WHERE joined_to = :joined_to AND joined_to <> 0 ORDER BY id LIMIT 500;

-- What is left when it ends: an answer spoken and written down was given on the spot, everything else is owed.
-- meeting_question_close(meeting meeting, now time) -> done
UPDATE meeting_question SET state = CASE WHEN state = 'answering' AND spoken THEN 'on_spot' ELSE 'owed' END, done_at = :now
 WHERE meeting_id = :meeting AND state IN ('waiting', 'queued', 'answering');

-- meeting_question_to_file(meeting meeting, limit int) -> many meeting_question_row
SELECT id, meeting_id, number, how, state, lang, text, shown, topic, name, email, phone, account_id, joined_to, votes, pass_body, unsolved, appeal_id, measure_id, spoken, asked_at,
       let_at, done_at FROM meeting_question WHERE meeting_id = :meeting AND appeal_id = 0 AND state <> 'joined' ORDER BY id LIMIT :limit;

-- meeting_question_set_appeal(id meeting_question, appeal int, state text) -> done
UPDATE meeting_question SET appeal_id = :appeal, state = :state WHERE id = :id AND appeal_id = 0;

-- What the appeals of a meeting have come to; a question that was joined shares the other's.
-- meeting_question_outcome(meeting meeting, after int, limit int) -> many meeting_outcome_row(appeal_number text, appeal_state text, due_at time, answered_at time)
SELECT q.id, q.number, q.phone, q.name, q.state, q.lang, q.text, q.shown, q.topic, q.how, q.votes, q.joined_to, q.pass_body, q.unsolved, q.appeal_id, q.measure_id, q.email, q.account_id, q.let_at,
       COALESCE(a.number, '') AS appeal_number, COALESCE(a.state, '') AS appeal_state, COALESCE(a.due_at, 0) AS due_at, COALESCE(a.answered_at, 0) AS answered_at
  FROM meeting_question q LEFT JOIN meeting_question t ON t.id = q.joined_to
  LEFT JOIN appeal a ON a.id = CASE WHEN q.joined_to <> 0 THEN t.appeal_id ELSE q.appeal_id END
 WHERE q.meeting_id = :meeting AND q.number > :after ORDER BY q.number LIMIT :limit;

-- meeting_outcome_unsolved(meeting meeting, after int, limit int) -> many meeting_outcome_row(appeal_number text, appeal_state text, due_at time, answered_at time)
SELECT q.id, q.number, q.phone, q.name, q.state, q.lang, q.text, q.shown, q.topic, q.how, q.votes, q.joined_to, q.pass_body, q.unsolved, q.appeal_id, q.measure_id, q.email, q.account_id, q.let_at,
       COALESCE(a.number, '') AS appeal_number, COALESCE(a.state, '') AS appeal_state, COALESCE(a.due_at, 0) AS due_at, COALESCE(a.answered_at, 0) AS answered_at
  FROM meeting_question q LEFT JOIN meeting_question t ON t.id = q.joined_to
  LEFT JOIN appeal a ON a.id = CASE WHEN q.joined_to <> 0 THEN t.appeal_id ELSE q.appeal_id END
 WHERE q.meeting_id = :meeting AND q.unsolved <> '' AND q.number > :after ORDER BY q.number LIMIT :limit;

-- meeting_vote_insert(question meeting_question, voter text) -> done
INSERT INTO meeting_vote (question_id, voter_key) VALUES (:question, :voter) ON CONFLICT (question_id, voter_key) DO NOTHING;

-- Votes of both go to one; who gave both counts once.
-- meeting_vote_join(question meeting_question, joined meeting_question) -> done
INSERT INTO meeting_vote (question_id, voter_key)
SELECT :question, v.voter_key FROM meeting_vote v WHERE v.question_id = :joined
ON CONFLICT (question_id, voter_key) DO NOTHING;

-- meeting_vote_delete(question meeting_question, voter text) -> done
DELETE FROM meeting_vote WHERE question_id = :question AND voter_key = :voter;

-- ---- the clock and the minutes ----

-- meeting_span_insert(id meeting_span, meeting meeting, kind text, now time) -> done
INSERT INTO meeting_span (id, meeting_id, kind, began_at) VALUES (:id, :meeting, :kind, :now);

-- meeting_span_end(meeting meeting, now time) -> done
UPDATE meeting_span SET ended_at = :now WHERE meeting_id = :meeting AND ended_at = 0;

-- meeting_span_list(meeting meeting) -> many meeting_span_row
SELECT id, kind, began_at, ended_at FROM meeting_span WHERE meeting_id = :meeting ORDER BY id LIMIT 1000;

-- meeting_line_insert(id meeting_line, meeting meeting, question int, line_key text, kind text, text text, account int, now time) -> done
INSERT INTO meeting_line (id, meeting_id, question_id, line_key, kind, text, account_id, made_at)
VALUES (:id, :meeting, :question, :line_key, :kind, :text, :account, :now) ON CONFLICT (meeting_id, line_key) DO NOTHING;

-- As they were typed, the last first, with the number of the question each is about (0: none).
-- meeting_line_recent(meeting meeting, before meeting_line, limit int) -> many meeting_typed_row(number int)
SELECT l.id, l.line_key, l.kind, l.text, l.made_at, COALESCE(q.number, 0) AS number
  FROM meeting_line l LEFT JOIN meeting_question q ON q.id = l.question_id
 WHERE l.meeting_id = :meeting AND l.id < :before ORDER BY l.id DESC LIMIT :limit;

-- What was answered in the hall to the questions of these numbers, in order.
-- meeting_answer_list(meeting meeting, first int, last int) -> many meeting_answer_row
SELECT l.id, l.question_id, l.text FROM meeting_question q JOIN meeting_line l ON l.question_id = q.id AND l.question_id <> 0
 WHERE q.meeting_id = :meeting AND q.number >= :first AND q.number <= :last AND l.kind = 'answer' ORDER BY l.id LIMIT 5000;

-- ---- followers ----

-- meeting_follow_insert(id meeting_follow, place int, email text, email_key text, lang text, now time) -> done
INSERT INTO meeting_follow (id, place_id, email, email_key, lang, made_at) VALUES (:id, :place, :email, :email_key, :lang, :now)
ON CONFLICT (place_id, email_key) DO NOTHING;

-- meeting_follow_find(place int, email_key text) -> one meeting_follow_row
SELECT id, place_id, email, lang, confirmed_at FROM meeting_follow WHERE place_id = :place AND email_key = :email_key;

-- meeting_follow_by_id(id meeting_follow) -> one meeting_follow_row
SELECT id, place_id, email, lang, confirmed_at FROM meeting_follow WHERE id = :id;

-- meeting_follow_confirm(id meeting_follow, now time) -> done
UPDATE meeting_follow SET confirmed_at = :now WHERE id = :id AND confirmed_at = 0;

-- meeting_follow_stop(id meeting_follow) -> done
DELETE FROM meeting_follow WHERE id = :id;

-- meeting_followers(place int, after meeting_follow, limit int) -> many meeting_follow_row
SELECT id, place_id, email, lang, confirmed_at FROM meeting_follow
 WHERE place_id = :place AND confirmed_at <> 0 AND id > :after ORDER BY id LIMIT :limit;
