-- reception.sql: receptions of heads and deputies, centres, bookings, queues, visits.

-- reception_centre_insert(id reception_centre, body int, region int, place int, kind text, name_kk text, name_ru text, name_en text, address text, counters int, now time) -> done
INSERT INTO reception_centre (id, body_id, region_id, place_id, kind, name_kk, name_ru, name_en, address, counters, updated_at)
VALUES (:id, :body, :region, :place, :kind, :name_kk, :name_ru, :name_en, :address, :counters, :now);

-- reception_centre_set(id reception_centre, kind text, name_kk text, name_ru text, name_en text, address text, counters int, now time) -> done
UPDATE reception_centre SET kind = :kind, name_kk = :name_kk, name_ru = :name_ru, name_en = :name_en, address = :address, counters = :counters, updated_at = :now
 WHERE id = :id;

-- reception_centre_by_id(id reception_centre) -> one reception_centre_row
SELECT id, body_id, region_id, place_id, kind, name_kk, name_ru, name_en, address, counters, updated_at FROM reception_centre WHERE id = :id;

-- reception_centre_list(after reception_centre, limit int) -> many reception_centre_row
SELECT id, body_id, region_id, place_id, kind, name_kk, name_ru, name_en, address, counters, updated_at FROM reception_centre WHERE id > :after ORDER BY id LIMIT :limit;

-- reception_centre_region(region int, after reception_centre, limit int) -> many reception_centre_row
SELECT id, body_id, region_id, place_id, kind, name_kk, name_ru, name_en, address, counters, updated_at FROM reception_centre WHERE region_id = :region AND id > :after
 ORDER BY id LIMIT :limit;

-- reception_centre_of_body(body int, limit int) -> many reception_centre_row
SELECT id, body_id, region_id, place_id, kind, name_kk, name_ru, name_en, address, counters, updated_at FROM reception_centre WHERE body_id = :body ORDER BY id LIMIT :limit;

-- reception_head_insert(id reception_head, body int, region int, kind text, name text, post_kk text, post_ru text, post_en text, matters text, now time) -> done
INSERT INTO reception_head (id, body_id, region_id, kind, name, post_kk, post_ru, post_en, matters, updated_at)
VALUES (:id, :body, :region, :kind, :name, :post_kk, :post_ru, :post_en, :matters, :now);

-- reception_head_set(id reception_head, kind text, name text, post_kk text, post_ru text, post_en text, matters text, active bool, now time) -> done
UPDATE reception_head SET kind = :kind, name = :name, post_kk = :post_kk, post_ru = :post_ru, post_en = :post_en, matters = :matters, active = :active, updated_at = :now
 WHERE id = :id;

-- reception_head_by_id(id reception_head) -> one reception_head_row
SELECT id, body_id, region_id, kind, name, post_kk, post_ru, post_en, matters, active, updated_at FROM reception_head WHERE id = :id;

-- reception_head_ids(before reception_head, limit int) -> many reception_head_line
SELECT id FROM reception_head WHERE id < :before ORDER BY id DESC LIMIT :limit;

-- reception_head_of_body(body int, limit int) -> many reception_head_row
SELECT id, body_id, region_id, kind, name, post_kk, post_ru, post_en, matters, active, updated_at FROM reception_head WHERE body_id = :body ORDER BY id LIMIT :limit;

-- Bodies that have somebody who receives.
-- reception_bodies(after int, limit int) -> many reception_body_row(body int)
SELECT DISTINCT body_id AS body FROM reception_head WHERE active AND body_id > :after ORDER BY body LIMIT :limit;

-- reception_hours_insert(id reception_hours, head reception_head, centre reception_centre, weekday int, weeks int, from_min int, to_min int, slot_min int, kind text, link text, from_on day, account int) -> done
INSERT INTO reception_hours (id, head_id, centre_id, weekday, weeks, from_min, to_min, slot_min, kind, link, from_on, made_by)
VALUES (:id, :head, :centre, :weekday, :weeks, :from_min, :to_min, :slot_min, :kind, :link, :from_on, :account);

-- reception_hours_end(id reception_hours, until_on day) -> done
UPDATE reception_hours SET until_on = :until_on WHERE id = :id AND until_on = 0;

-- reception_hours_by_id(id reception_hours) -> one reception_hours_row
SELECT id, head_id, centre_id, weekday, weeks, from_min, to_min, slot_min, kind, link, from_on, until_on FROM reception_hours WHERE id = :id;

-- The newest first: what is in force and what was.
-- reception_hours_of(head reception_head, limit int) -> many reception_hours_row
SELECT id, head_id, centre_id, weekday, weeks, from_min, to_min, slot_min, kind, link, from_on, until_on FROM reception_hours WHERE head_id = :head ORDER BY id DESC LIMIT :limit;

-- reception_hours_in(head reception_head, first day, last day) -> many reception_hours_row
SELECT id, head_id, centre_id, weekday, weeks, from_min, to_min, slot_min, kind, link, from_on, until_on FROM reception_hours
 WHERE head_id = :head AND from_on <= :last AND (until_on = 0 OR until_on >= :first) ORDER BY weekday, from_min, id LIMIT 60;

-- reception_closure_insert(id reception_closure, body int, head int, from_on day, to_on day, reason text) -> done
INSERT INTO reception_closure (id, body_id, head_id, from_on, to_on, reason) VALUES (:id, :body, :head, :from_on, :to_on, :reason);

-- reception_closures(body int, since day, limit int) -> many reception_closure_row
SELECT id, body_id, head_id, from_on, to_on, reason FROM reception_closure WHERE body_id = :body AND to_on >= :since ORDER BY to_on LIMIT :limit;

-- reception_month_insert(id reception_month, body int, month_on day) -> done
INSERT INTO reception_month (id, body_id, month_on) VALUES (:id, :body, :month_on) ON CONFLICT (body_id, month_on) DO NOTHING;

-- reception_month_of(body int, month_on day) -> one reception_month_row
SELECT id, body_id, month_on, published_at FROM reception_month WHERE body_id = :body AND month_on = :month_on;

-- reception_month_by_id(id reception_month) -> one reception_month_row
SELECT id, body_id, month_on, published_at FROM reception_month WHERE id = :id;

-- reception_month_publish(id reception_month, now time) -> done
UPDATE reception_month SET published_at = :now WHERE id = :id AND published_at = 0;

-- reception_day_insert(id reception_day, head reception_head, body int, centre reception_centre, region int, meeting int, held_on day, from_min int, to_min int, slot_min int, kind text, link text, state text, published time, now time) -> done
INSERT INTO reception_day (id, head_id, body_id, centre_id, region_id, meeting_id, held_on, from_min, to_min, slot_min, kind, link, state, published_at, updated_at)
VALUES (:id, :head, :body, :centre, :region, :meeting, :held_on, :from_min, :to_min, :slot_min, :kind, :link, :state, :published, :now)
ON CONFLICT DO NOTHING;

-- reception_day_by_id(id reception_day) -> one reception_day_row
SELECT id, head_id, body_id, centre_id, region_id, meeting_id, held_on, from_min, to_min, slot_min, kind, link, state, reason, version, published_at, updated_at
  FROM reception_day WHERE id = :id;

-- Only if nobody changed it since `version` was read.
-- reception_day_set(id reception_day, version int, from_min int, to_min int, slot_min int, kind text, link text, centre reception_centre, now time) -> done
UPDATE reception_day SET from_min = :from_min, to_min = :to_min, slot_min = :slot_min, kind = :kind, link = :link, centre_id = :centre, version = version + 1,
       updated_at = :now
 WHERE id = :id AND version = :version AND state IN ('planned', 'public');

-- reception_day_publish(id reception_day, now time) -> done
UPDATE reception_day SET state = 'public', published_at = :now, updated_at = :now, version = version + 1 WHERE id = :id AND state = 'planned';

-- reception_day_held(id reception_day, now time) -> done
UPDATE reception_day SET state = 'held', updated_at = :now, version = version + 1 WHERE id = :id AND state = 'public';

-- reception_day_not_held(id reception_day, now time) -> done
UPDATE reception_day SET state = 'not_held', updated_at = :now, version = version + 1 WHERE id = :id AND state = 'public';

-- reception_day_close(id reception_day, reason text, now time) -> done
UPDATE reception_day SET state = 'closed', reason = :reason, updated_at = :now, version = version + 1 WHERE id = :id AND state IN ('planned', 'public');

-- reception_days_planned(body int, first day, last day) -> many reception_day_row
SELECT id, head_id, body_id, centre_id, region_id, meeting_id, held_on, from_min, to_min, slot_min, kind, link, state, reason, version, published_at, updated_at
  FROM reception_day WHERE body_id = :body AND held_on >= :first AND held_on <= :last AND state IN ('planned', 'public') ORDER BY held_on, id LIMIT 400;

-- Days that are over and whose receptions nobody has closed.
-- reception_days_over(before day, limit int) -> many reception_over_row
SELECT id, head_id, body_id, held_on FROM reception_day WHERE state = 'public' AND held_on < :before ORDER BY held_on, id LIMIT :limit;

-- reception_held_n(body int, head reception_head, first day, last day) -> value int
SELECT COUNT(*) FROM reception_day WHERE body_id = :body AND head_id = :head AND state = 'held' AND held_on >= :first AND held_on <= :last;

-- Open days of everybody, the next first.
-- reception_days_all(from day, after reception_day, limit int, now time) -> many reception_day_line(head_kind text, free int, slots int)
SELECT d.id, d.head_id, d.body_id, d.centre_id, d.region_id, d.meeting_id, d.held_on, d.from_min, d.to_min, d.slot_min, d.kind, d.state, d.version,
       d.updated_at, h.name, h.kind AS head_kind, h.post_kk, h.post_ru, h.post_en, h.matters,
       (SELECT COUNT(*) FROM reception_slot s WHERE s.day_id = d.id AND s.closed = '0' AND s.booking_id = 0 AND s.starts_at > :now) AS free,
       (SELECT COUNT(*) FROM reception_slot s WHERE s.day_id = d.id AND s.closed = '0') AS slots
  FROM reception_day d JOIN reception_head h ON h.id = d.head_id
 WHERE d.state = 'public'
   AND (d.held_on > :from OR (d.held_on = :from AND d.id > :after))
 ORDER BY d.held_on, d.id LIMIT :limit;

-- reception_days_region(region int, from day, after reception_day, limit int, now time) -> many reception_day_line(head_kind text, free int, slots int)
SELECT d.id, d.head_id, d.body_id, d.centre_id, d.region_id, d.meeting_id, d.held_on, d.from_min, d.to_min, d.slot_min, d.kind, d.state, d.version,
       d.updated_at, h.name, h.kind AS head_kind, h.post_kk, h.post_ru, h.post_en, h.matters,
       (SELECT COUNT(*) FROM reception_slot s WHERE s.day_id = d.id AND s.closed = '0' AND s.booking_id = 0 AND s.starts_at > :now) AS free,
       (SELECT COUNT(*) FROM reception_slot s WHERE s.day_id = d.id AND s.closed = '0') AS slots
  FROM reception_day d JOIN reception_head h ON h.id = d.head_id
 WHERE d.state = 'public' AND d.region_id = :region
   AND (d.held_on > :from OR (d.held_on = :from AND d.id > :after))
 ORDER BY d.held_on, d.id LIMIT :limit;

-- reception_days_body(body int, from day, after reception_day, limit int, now time) -> many reception_day_line(head_kind text, free int, slots int)
SELECT d.id, d.head_id, d.body_id, d.centre_id, d.region_id, d.meeting_id, d.held_on, d.from_min, d.to_min, d.slot_min, d.kind, d.state, d.version,
       d.updated_at, h.name, h.kind AS head_kind, h.post_kk, h.post_ru, h.post_en, h.matters,
       (SELECT COUNT(*) FROM reception_slot s WHERE s.day_id = d.id AND s.closed = '0' AND s.booking_id = 0 AND s.starts_at > :now) AS free,
       (SELECT COUNT(*) FROM reception_slot s WHERE s.day_id = d.id AND s.closed = '0') AS slots
  FROM reception_day d JOIN reception_head h ON h.id = d.head_id
 WHERE d.state = 'public' AND d.body_id = :body
   AND (d.held_on > :from OR (d.held_on = :from AND d.id > :after))
 ORDER BY d.held_on, d.id LIMIT :limit;

-- All states, for the desk and for what was held.
-- reception_days_of_body(body int, from day, to day, limit int, now time) -> many reception_day_line(head_kind text, free int, slots int)
SELECT d.id, d.head_id, d.body_id, d.centre_id, d.region_id, d.meeting_id, d.held_on, d.from_min, d.to_min, d.slot_min, d.kind, d.state, d.version,
       d.updated_at, h.name, h.kind AS head_kind, h.post_kk, h.post_ru, h.post_en, h.matters,
       (SELECT COUNT(*) FROM reception_slot s WHERE s.day_id = d.id AND s.closed = '0' AND s.booking_id = 0 AND s.starts_at > :now) AS free,
       (SELECT COUNT(*) FROM reception_slot s WHERE s.day_id = d.id AND s.closed = '0') AS slots
  FROM reception_day d JOIN reception_head h ON h.id = d.head_id
 WHERE d.body_id = :body AND d.held_on >= :from AND d.held_on <= :to
   ORDER BY d.held_on, d.id LIMIT :limit;

-- reception_days_of_centre(centre reception_centre, from day, to day, limit int, now time) -> many reception_day_line(head_kind text, free int, slots int)
SELECT d.id, d.head_id, d.body_id, d.centre_id, d.region_id, d.meeting_id, d.held_on, d.from_min, d.to_min, d.slot_min, d.kind, d.state, d.version,
       d.updated_at, h.name, h.kind AS head_kind, h.post_kk, h.post_ru, h.post_en, h.matters,
       (SELECT COUNT(*) FROM reception_slot s WHERE s.day_id = d.id AND s.closed = '0' AND s.booking_id = 0 AND s.starts_at > :now) AS free,
       (SELECT COUNT(*) FROM reception_slot s WHERE s.day_id = d.id AND s.closed = '0') AS slots
  FROM reception_day d JOIN reception_head h ON h.id = d.head_id
 WHERE d.centre_id = :centre AND d.held_on >= :from AND d.held_on <= :to AND d.state IN ('public', 'held')
   ORDER BY d.held_on, d.from_min, d.id LIMIT :limit;

-- reception_days_of_meeting(meeting int, limit int, now time) -> many reception_day_line(head_kind text, free int, slots int)
SELECT d.id, d.head_id, d.body_id, d.centre_id, d.region_id, d.meeting_id, d.held_on, d.from_min, d.to_min, d.slot_min, d.kind, d.state, d.version,
       d.updated_at, h.name, h.kind AS head_kind, h.post_kk, h.post_ru, h.post_en, h.matters,
       (SELECT COUNT(*) FROM reception_slot s WHERE s.day_id = d.id AND s.closed = '0' AND s.booking_id = 0 AND s.starts_at > :now) AS free,
       (SELECT COUNT(*) FROM reception_slot s WHERE s.day_id = d.id AND s.closed = '0') AS slots
  FROM reception_day d JOIN reception_head h ON h.id = d.head_id
 WHERE d.meeting_id = :meeting AND d.meeting_id <> 0 AND d.state IN ('public', 'held')
   ORDER BY d.held_on, d.id LIMIT :limit;

-- reception_slot_insert(id reception_slot, day reception_day, head int, body int, starts time, minutes int) -> done
INSERT INTO reception_slot (id, day_id, head_id, body_id, starts_at, minutes) VALUES (:id, :day, :head, :body, :starts, :minutes) ON CONFLICT DO NOTHING;

-- reception_slot_by_id(id reception_slot) -> one reception_slot_row
SELECT id, day_id, head_id, body_id, starts_at, minutes, booking_id, closed FROM reception_slot WHERE id = :id;

-- reception_slots_of(day reception_day) -> many reception_slot_row
SELECT id, day_id, head_id, body_id, starts_at, minutes, booking_id, closed FROM reception_slot WHERE day_id = :day AND closed = '0' ORDER BY starts_at, id LIMIT 200;

-- reception_slots_free_day(day reception_day, now time) -> many reception_slot_row
SELECT id, day_id, head_id, body_id, starts_at, minutes, booking_id, closed FROM reception_slot
 WHERE day_id = :day AND closed = '0' AND booking_id = 0 AND starts_at > :now ORDER BY starts_at, id LIMIT 100;

-- The next free window of this head; of anybody in the body.
-- reception_slot_next_head(head int, now time, limit int) -> many reception_slot_row
SELECT s.id, s.day_id, s.head_id, s.body_id, s.starts_at, s.minutes, s.booking_id, s.closed FROM reception_slot s JOIN reception_day d ON d.id = s.day_id
 WHERE s.head_id = :head AND s.closed = '0' AND s.booking_id = 0 AND s.starts_at > :now AND d.state = 'public' ORDER BY s.starts_at, s.id LIMIT :limit;

-- reception_slot_next_body(body int, now time, limit int) -> many reception_slot_row
SELECT s.id, s.day_id, s.head_id, s.body_id, s.starts_at, s.minutes, s.booking_id, s.closed FROM reception_slot s JOIN reception_day d ON d.id = s.day_id
 WHERE s.body_id = :body AND s.closed = '0' AND s.booking_id = 0 AND s.starts_at > :now AND d.state = 'public' ORDER BY s.starts_at, s.id LIMIT :limit;

-- Whoever changes a row here has the slot.
-- reception_slot_take(id reception_slot, booking int, now time) -> done
UPDATE reception_slot SET booking_id = :booking WHERE id = :id AND booking_id = 0 AND closed = '0' AND starts_at > :now;

-- reception_slot_release(id reception_slot, booking int) -> done
UPDATE reception_slot SET booking_id = 0 WHERE id = :id AND booking_id = :booking;

-- reception_slot_close_free(id reception_slot) -> done
UPDATE reception_slot SET closed = '1' WHERE id = :id AND booking_id = 0 AND closed = '0';

-- reception_slot_close(id reception_slot) -> done
UPDATE reception_slot SET closed = '1' WHERE id = :id AND closed = '0';

-- reception_booking_insert(id reception_booking, number text, slot reception_slot, day reception_day, head int, body int, state text, starts time, account int, lang text, now time, expires time, by_staff int) -> done
INSERT INTO reception_booking (id, number, slot_id, day_id, head_id, body_id, state, starts_at, account_id, lang, made_at, expires_at, by_staff)
VALUES (:id, :number, :slot, :day, :head, :body, :state, :starts, :account, :lang, :now, :expires, :by_staff);

-- reception_booking_by_id(id reception_booking) -> one reception_booking_row
SELECT id, number, slot_id, day_id, head_id, body_id, state, starts_at, account_id, name, email, person_key, phone, lang, tries, moved_n, made_at, expires_at,
       confirmed_at, ended_at, remind_at, by_staff, matter
  FROM reception_booking WHERE id = :id;

-- reception_booking_by_number(number text) -> one reception_booking_row
SELECT id, number, slot_id, day_id, head_id, body_id, state, starts_at, account_id, name, email, person_key, phone, lang, tries, moved_n, made_at, expires_at,
       confirmed_at, ended_at, remind_at, by_staff, matter
  FROM reception_booking WHERE number = :number;

-- reception_bookings_of_day(day reception_day) -> many reception_booking_row
SELECT id, number, slot_id, day_id, head_id, body_id, state, starts_at, account_id, name, email, person_key, phone, lang, tries, moved_n, made_at, expires_at,
       confirmed_at, ended_at, remind_at, by_staff, matter
  FROM reception_booking WHERE day_id = :day AND state IN ('booked', 'here', 'seen', 'missed') ORDER BY starts_at, id LIMIT 200;

-- reception_bookings_live(day reception_day) -> many reception_booking_row
SELECT id, number, slot_id, day_id, head_id, body_id, state, starts_at, account_id, name, email, person_key, phone, lang, tries, moved_n, made_at, expires_at,
       confirmed_at, ended_at, remind_at, by_staff, matter
  FROM reception_booking WHERE day_id = :day AND state IN ('reserved', 'waiting', 'booked') ORDER BY starts_at, id LIMIT 200;

-- reception_bookings_expired(now time, limit int) -> many reception_booking_row
SELECT id, number, slot_id, day_id, head_id, body_id, state, starts_at, account_id, name, email, person_key, phone, lang, tries, moved_n, made_at, expires_at,
       confirmed_at, ended_at, remind_at, by_staff, matter
  FROM reception_booking WHERE state IN ('reserved', 'waiting') AND expires_at <= :now ORDER BY expires_at LIMIT :limit;

-- reception_bookings_to_remind(now time, limit int) -> many reception_booking_row
SELECT id, number, slot_id, day_id, head_id, body_id, state, starts_at, account_id, name, email, person_key, phone, lang, tries, moved_n, made_at, expires_at,
       confirmed_at, ended_at, remind_at, by_staff, matter
  FROM reception_booking WHERE remind_at <> 0 AND remind_at <= :now ORDER BY remind_at LIMIT :limit;

-- reception_bookings_of_account(account int, before reception_booking, limit int) -> many reception_booking_row
SELECT id, number, slot_id, day_id, head_id, body_id, state, starts_at, account_id, name, email, person_key, phone, lang, tries, moved_n, made_at, expires_at,
       confirmed_at, ended_at, remind_at, by_staff, matter
  FROM reception_booking WHERE account_id = :account AND account_id <> 0 AND state <> 'lapsed' AND id < :before ORDER BY id DESC LIMIT :limit;

-- Bookings of a person that are still ahead.
-- reception_booking_count(person_key text, body int, now time) -> value int
SELECT COUNT(*) FROM reception_booking WHERE person_key = :person_key AND state IN ('waiting', 'booked') AND body_id = :body AND starts_at > :now;

-- reception_booking_count_all(person_key text, now time) -> value int
SELECT COUNT(*) FROM reception_booking WHERE person_key = :person_key AND state IN ('waiting', 'booked') AND starts_at > :now;

-- However they ended: letters went out for them.
-- reception_booking_asked(person_key text, since time) -> value int
SELECT COUNT(*) FROM reception_booking WHERE person_key = :person_key AND person_key <> '' AND made_at > :since;

-- Every move of a booking: from one state to another, or not at all.
-- reception_booking_set_state(id reception_booking, from_state text, state text, expires time, remind time, ended time) -> done
UPDATE reception_booking SET state = :state, expires_at = :expires, remind_at = :remind, ended_at = :ended WHERE id = :id AND state = :from_state;

-- reception_booking_set_person(id reception_booking, account int, name text, email text, person_key text, phone text, matter text, lang text) -> done
UPDATE reception_booking SET account_id = :account, name = :name, email = :email, person_key = :person_key, phone = :phone, matter = :matter, lang = :lang WHERE id = :id;

-- reception_booking_set_confirmed(id reception_booking, now time) -> done
UPDATE reception_booking SET confirmed_at = :now WHERE id = :id AND confirmed_at = 0;

-- reception_booking_tried(id reception_booking) -> done
UPDATE reception_booking SET tries = tries + 1 WHERE id = :id;

-- reception_booking_set_remind(id reception_booking, remind time) -> done
UPDATE reception_booking SET remind_at = :remind WHERE id = :id;

-- reception_booking_set_slot(id reception_booking, slot reception_slot, day reception_day, head int, body int, starts time) -> done
UPDATE reception_booking SET slot_id = :slot, day_id = :day, head_id = :head, body_id = :body, starts_at = :starts, moved_n = moved_n + 1 WHERE id = :id;

-- reception_ticket_seq(centre reception_centre, made_on day) -> value int
SELECT COALESCE(MAX(seq), 0) FROM reception_ticket WHERE centre_id = :centre AND made_on = :made_on;

-- reception_ticket_insert(id reception_ticket, centre reception_centre, made_on day, seq int, head int, body int, booking int, since time) -> done
INSERT INTO reception_ticket (id, centre_id, made_on, seq, head_id, body_id, booking_id, state, since_at)
VALUES (:id, :centre, :made_on, :seq, :head, :body, :booking, 'waiting', :since) ON CONFLICT DO NOTHING;

-- reception_ticket_by_id(id reception_ticket) -> one reception_ticket_row
SELECT id, centre_id, made_on, seq, head_id, body_id, booking_id, visit_id, state, since_at, called_at, shown_at, calls, counter, called_by, ended_at
  FROM reception_ticket WHERE id = :id;

-- reception_ticket_of_booking(booking int) -> one reception_ticket_row
SELECT id, centre_id, made_on, seq, head_id, body_id, booking_id, visit_id, state, since_at, called_at, shown_at, calls, counter, called_by, ended_at
  FROM reception_ticket WHERE booking_id = :booking AND booking_id <> 0 AND state <> 'missed';

-- reception_tickets_in(centre reception_centre, made_on day, state text, limit int) -> many reception_ticket_row
SELECT id, centre_id, made_on, seq, head_id, body_id, booking_id, visit_id, state, since_at, called_at, shown_at, calls, counter, called_by, ended_at
  FROM reception_ticket WHERE centre_id = :centre AND made_on = :made_on AND state = :state ORDER BY since_at, id LIMIT :limit;

-- Who is next at a counter: for anybody, or for this head.
-- reception_ticket_next(centre reception_centre, made_on day, head int, now time) -> one reception_ticket_row
SELECT id, centre_id, made_on, seq, head_id, body_id, booking_id, visit_id, state, since_at, called_at, shown_at, calls, counter, called_by, ended_at
  FROM reception_ticket WHERE centre_id = :centre AND made_on = :made_on AND state = 'waiting' AND since_at <= :now AND head_id = :head
 ORDER BY since_at, id LIMIT 1;

-- reception_tickets_shown(centre reception_centre, made_on day, limit int) -> many reception_ticket_row
SELECT id, centre_id, made_on, seq, head_id, body_id, booking_id, visit_id, state, since_at, called_at, shown_at, calls, counter, called_by, ended_at
  FROM reception_ticket WHERE centre_id = :centre AND made_on = :made_on AND state = 'called' ORDER BY shown_at DESC, id DESC LIMIT :limit;

-- reception_ticket_ahead(centre reception_centre, made_on day, head int, since time, id reception_ticket) -> value int
SELECT COUNT(*) FROM reception_ticket
 WHERE centre_id = :centre AND made_on = :made_on AND state = 'waiting' AND head_id = :head AND (since_at < :since OR (since_at = :since AND id < :id));

-- The check at the call: one clerk changes the row, the other one changes none.
-- reception_ticket_call(id reception_ticket, counter int, account int, now time) -> done
UPDATE reception_ticket SET state = 'called', called_at = :now, shown_at = :now, calls = 1, counter = :counter, called_by = :account WHERE id = :id AND state = 'waiting';

-- reception_ticket_call_again(id reception_ticket, account int, now time) -> done
UPDATE reception_ticket SET shown_at = :now, calls = calls + 1 WHERE id = :id AND state = 'called' AND called_by = :account;

-- reception_ticket_set_state(id reception_ticket, from_state text, state text, ended time) -> done
UPDATE reception_ticket SET state = :state, ended_at = :ended WHERE id = :id AND state = :from_state;

-- reception_ticket_set_visit(id reception_ticket, visit int) -> done
UPDATE reception_ticket SET visit_id = :visit WHERE id = :id AND visit_id = 0;

-- reception_visit_insert(id reception_visit, centre reception_centre, body int, head int, day int, booking int, ticket int, region int, kind text, lang text, account int, opened_by int, now time, waited int, name text, email text, phone text, asked text) -> done
INSERT INTO reception_visit (id, centre_id, body_id, head_id, day_id, booking_id, ticket_id, region_id, state, kind, lang, account_id, opened_by, opened_at, waited_us, name,
                             email, phone, asked)
VALUES (:id, :centre, :body, :head, :day, :booking, :ticket, :region, 'open', :kind, :lang, :account, :opened_by, :now, :waited, :name, :email, :phone, :asked);

-- reception_visit_by_id(id reception_visit) -> one reception_visit_row
SELECT id, centre_id, body_id, head_id, day_id, booking_id, ticket_id, region_id, state, kind, lang, settled, account_id, opened_by, opened_at, closed_at, waited_us,
       promise_on, kept_at, name, email, phone, post_address, identity_key, identity_sealed, kept, asked, said, promised, measure_id
  FROM reception_visit WHERE id = :id;

-- reception_visits_open(centre reception_centre, since time, limit int) -> many reception_visit_row
SELECT id, centre_id, body_id, head_id, day_id, booking_id, ticket_id, region_id, state, kind, lang, settled, account_id, opened_by, opened_at, closed_at, waited_us,
       promise_on, kept_at, name, email, phone, post_address, identity_key, identity_sealed, kept, asked, said, promised, measure_id
  FROM reception_visit WHERE centre_id = :centre AND opened_at >= :since AND state = 'open' ORDER BY opened_at DESC LIMIT :limit;

-- Promises that are still to be kept, the first due first.
-- reception_promises(body int, limit int) -> many reception_visit_row
SELECT id, centre_id, body_id, head_id, day_id, booking_id, ticket_id, region_id, state, kind, lang, settled, account_id, opened_by, opened_at, closed_at, waited_us,
       promise_on, kept_at, name, email, phone, post_address, identity_key, identity_sealed, kept, asked, said, promised, measure_id
  FROM reception_visit WHERE body_id = :body AND promise_on <> 0 AND kept_at = 0 AND measure_id = 0 ORDER BY promise_on, id LIMIT :limit;

-- reception_visit_set_person(id reception_visit, name text, email text, phone text, post_address text, lang text, identity_key text, identity_sealed blob) -> done
UPDATE reception_visit SET name = :name, email = :email, phone = :phone, post_address = :post_address, lang = :lang, identity_key = :identity_key,
       identity_sealed = :identity_sealed
 WHERE id = :id AND state = 'open';

-- reception_visit_set_words(id reception_visit, asked text, said text, promised text, promise_on day) -> done
UPDATE reception_visit SET asked = :asked, said = :said, promised = :promised, promise_on = :promise_on WHERE id = :id AND state = 'open';

-- reception_visit_close(id reception_visit, settled bool, now time) -> done
UPDATE reception_visit SET state = 'closed', settled = :settled, closed_at = :now WHERE id = :id AND state = 'open';

-- reception_visit_keep(id reception_visit, kept text, now time) -> done
UPDATE reception_visit SET kept = :kept, kept_at = :now WHERE id = :id AND promise_on <> 0 AND kept_at = 0;

-- reception_visit_set_measure(id reception_visit, measure int) -> done
UPDATE reception_visit SET measure_id = :measure WHERE id = :id AND promise_on <> 0 AND kept_at = 0 AND measure_id = 0;

-- reception_act_insert(id reception_act, visit reception_visit, kind text, state text, body int, centre int, topic text, appeal_kind text, place int, booking int, account int, now time, text text, answer text) -> done
INSERT INTO reception_act (id, visit_id, kind, state, body_id, centre_id, topic, appeal_kind, place_id, booking_id, account_id, made_at, text, answer)
VALUES (:id, :visit, :kind, :state, :body, :centre, :topic, :appeal_kind, :place, :booking, :account, :now, :text, :answer);

-- reception_act_by_id(id reception_act) -> one reception_act_row
SELECT id, visit_id, kind, state, body_id, centre_id, topic, appeal_kind, place_id, settled, confirmed, read_at, confirmed_at, appeal_id, booking_id, account_id, made_at,
       text, answer
  FROM reception_act WHERE id = :id;

-- reception_acts_of(visit reception_visit) -> many reception_act_row
SELECT id, visit_id, kind, state, body_id, centre_id, topic, appeal_kind, place_id, settled, confirmed, read_at, confirmed_at, appeal_id, booking_id, account_id, made_at,
       text, answer
  FROM reception_act WHERE visit_id = :visit ORDER BY id LIMIT 40;

-- reception_act_set_words(id reception_act, body int, topic text, appeal_kind text, place int, text text, answer text) -> done
UPDATE reception_act SET body_id = :body, topic = :topic, appeal_kind = :appeal_kind, place_id = :place, text = :text, answer = :answer, read_at = 0
 WHERE id = :id AND state = 'written';

-- reception_act_set_read(id reception_act, now time) -> done
UPDATE reception_act SET read_at = :now WHERE id = :id AND state = 'written';

-- reception_act_set_filed(id reception_act, confirmed text, settled bool, appeal int, now time) -> done
UPDATE reception_act SET state = 'filed', confirmed = :confirmed, settled = :settled, confirmed_at = :now, appeal_id = :appeal WHERE id = :id AND state = 'written';

-- reception_act_drop(id reception_act) -> done
DELETE FROM reception_act WHERE id = :id AND state = 'written';

-- Numbers of a centre.
-- reception_waits(centre reception_centre, since time, limit int) -> many reception_wait_row
SELECT waited_us FROM reception_visit WHERE centre_id = :centre AND opened_at >= :since ORDER BY opened_at DESC LIMIT :limit;

-- reception_visit_sums(centre reception_centre, since time) -> one reception_sum_row(n int, closed int, settled int)
SELECT COUNT(*) AS n, COALESCE(SUM(CASE WHEN state = 'closed' THEN 1 ELSE 0 END), 0) AS closed, COALESCE(SUM(CASE WHEN settled THEN 1 ELSE 0 END), 0) AS settled
  FROM reception_visit WHERE centre_id = :centre AND opened_at >= :since;

-- reception_act_sums(centre int, since time) -> many reception_act_sum_row(n int)
SELECT body_id, kind, COUNT(*) AS n FROM reception_act WHERE centre_id = :centre AND made_at >= :since GROUP BY body_id, kind ORDER BY n DESC, body_id, kind LIMIT 200;

-- reception_event_insert(id reception_event, subject_kind text, subject int, body int, kind text, account int, detail text, reason text, now time) -> done
INSERT INTO reception_event (id, subject_kind, subject_id, body_id, kind, happened_at, account_id, detail, reason)
VALUES (:id, :subject_kind, :subject, :body, :kind, :now, :account, :detail, :reason);

-- reception_events_of(subject int) -> many reception_event_row
SELECT id, subject_kind, subject_id, body_id, kind, happened_at, account_id, detail, reason FROM reception_event WHERE subject_id = :subject ORDER BY id DESC LIMIT 100;
