-- keeping.sql: folding duties into counts, reading counts and the rows behind them.

-- Closed since: not counted yet, or counted as overdue.
-- keep_closed(limit int) -> many keep_duty_row(origin text, moves int)
SELECT d.id, d.kind, d.subject_kind, d.body_id, d.due_at, d.closed_at, d.outcome, d.late, d.kept_line, d.kept_on, d.kept_as, COALESCE(a.origin, '') AS origin,
       COALESCE(m.moves, 0) AS moves
  FROM duty d LEFT JOIN appeal a ON a.id = d.subject_id AND d.subject_kind = 'appeal' LEFT JOIN measure m ON m.id = d.subject_id AND d.subject_kind = 'measure'
 WHERE d.closed_at <> 0 AND d.kept_as IN ('', 'open') ORDER BY d.closed_at, d.id LIMIT :limit;

-- keep_overdue(now time, limit int) -> many keep_duty_row(origin text, moves int)
SELECT d.id, d.kind, d.subject_kind, d.body_id, d.due_at, d.closed_at, d.outcome, d.late, d.kept_line, d.kept_on, d.kept_as, COALESCE(a.origin, '') AS origin,
       COALESCE(m.moves, 0) AS moves
  FROM duty d LEFT JOIN appeal a ON a.id = d.subject_id AND d.subject_kind = 'appeal' LEFT JOIN measure m ON m.id = d.subject_id AND d.subject_kind = 'measure'
 WHERE d.closed_at = 0 AND d.kept_as = '' AND d.due_at < :now AND d.paused_at = 0 ORDER BY d.due_at, d.id LIMIT :limit;

-- Overdue until somebody moved the date.
-- keep_moved(now time, limit int) -> many keep_duty_row(origin text, moves int)
SELECT d.id, d.kind, d.subject_kind, d.body_id, d.due_at, d.closed_at, d.outcome, d.late, d.kept_line, d.kept_on, d.kept_as, COALESCE(a.origin, '') AS origin,
       COALESCE(m.moves, 0) AS moves
  FROM duty d LEFT JOIN appeal a ON a.id = d.subject_id AND d.subject_kind = 'appeal' LEFT JOIN measure m ON m.id = d.subject_id AND d.subject_kind = 'measure'
 WHERE d.closed_at = 0 AND d.kept_as = 'open' AND d.due_at >= :now ORDER BY d.due_at, d.id LIMIT :limit;

-- keep_set(id duty, line text, day day, counted text) -> done
UPDATE duty SET kept_line = :line, kept_on = :day, kept_as = :counted WHERE id = :id;

-- keep_add(span text, slot int, body int, line text, kept int, moved int, late int, overdue int) -> done
INSERT INTO keep_count (span, slot, body_id, line, kept, moved, late, open) VALUES (:span, :slot, :body, :line, :kept, :moved, :late, :overdue)
ON CONFLICT (span, slot, body_id, line) DO UPDATE SET kept = keep_count.kept + excluded.kept, moved = keep_count.moved + excluded.moved, late = keep_count.late + excluded.late, open = keep_count.open + excluded.open;

-- keep_counts(span text, slot int) -> many keep_count_row
SELECT body_id, line, kept, moved, late, open FROM keep_count WHERE span = :span AND slot = :slot ORDER BY body_id, line;

-- keep_counts_of(span text, slot int, body int) -> many keep_count_row
SELECT body_id, line, kept, moved, late, open FROM keep_count WHERE span = :span AND slot = :slot AND body_id = :body ORDER BY body_id, line;

-- keep_sum_add(span text, slot int, body int, line text, part int, whole int) -> done
INSERT INTO keep_sum (span, slot, body_id, line, part, whole) VALUES (:span, :slot, :body, :line, :part, :whole)
ON CONFLICT (span, slot, body_id, line) DO UPDATE SET part = keep_sum.part + excluded.part, whole = keep_sum.whole + excluded.whole;

-- keep_sums(span text, slot int) -> many keep_sum_row
SELECT body_id, line, part, whole FROM keep_sum WHERE span = :span AND slot = :slot ORDER BY body_id, line;

-- keep_sums_of(span text, slot int, body int) -> many keep_sum_row
SELECT body_id, line, part, whole FROM keep_sum WHERE span = :span AND slot = :slot AND body_id = :body ORDER BY body_id, line;

-- keep_mark_get(line text) -> value int
SELECT upto FROM keep_mark WHERE line = :line;

-- keep_mark_set(line text, upto int) -> done
INSERT INTO keep_mark (line, upto) VALUES (:line, :upto) ON CONFLICT (line) DO UPDATE SET upto = excluded.upto;

-- Visits since, for the time people waited.
-- keep_visits(after reception_visit, until reception_visit, limit int) -> many keep_visit_row
SELECT id, body_id, opened_at, waited_us FROM reception_visit WHERE id > :after AND id <= :until ORDER BY id LIMIT :limit;

-- Meetings that ended since, for the share of talk.
-- keep_meetings(after time, until time, limit int) -> many keep_meeting_row(all_sec int)
SELECT body_id, ended_at, talk_sec, talk_sec + question_sec + other_sec AS all_sec FROM meeting
 WHERE ended_at <> 0 AND ended_at > :after AND ended_at <= :until ORDER BY ended_at LIMIT :limit;

-- The rows behind a number.
-- keep_rows(body int, line text, since day, until day, counted text, after_on day, after duty, limit int) -> many keep_line_row
SELECT id, kind, subject_kind, subject_id, due_at, closed_at, late, kept_on, kept_as FROM duty
 WHERE body_id = :body AND kept_line = :line AND kept_line <> '' AND kept_on >= :since AND kept_on < :until AND (kept_on, id) > (:after_on, :after)
   AND (:counted = '' OR kept_as = :counted) AND kept_as IN ('kept', 'moved', 'late', 'open')
 ORDER BY kept_on, id LIMIT :limit;

-- Behind the share of talk.
-- keep_talks(body int, since time, until time, after_at time, after meeting, limit int) -> many keep_talk_row(all_sec int)
SELECT id, place_id, ended_at, talk_sec, talk_sec + question_sec + other_sec AS all_sec FROM meeting
 WHERE body_id = :body AND ended_at <> 0 AND ended_at >= :since AND ended_at < :until AND (ended_at, id) > (:after_at, :after) ORDER BY ended_at, id LIMIT :limit;

-- Behind the time of waiting.
-- keep_waits(body int, since time, until time, after_at time, after reception_visit, limit int) -> many keep_wait_row
SELECT id, opened_at, waited_us FROM reception_visit
 WHERE body_id = :body AND opened_at >= :since AND opened_at < :until AND (opened_at, id) > (:after_at, :after) ORDER BY opened_at, id LIMIT :limit;
