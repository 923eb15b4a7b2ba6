-- Receptions: who receives, when and where; bookings; the queue of the day; visits and what became of them.
-- Minutes are of the day in the country's zone; moments are microseconds, days are days since 1970.

-- Where people are received: a body's reception room, or a centre where many bodies sit at one counter.
CREATE TABLE reception_centre (
	id BIGINT PRIMARY KEY,
	body_id BIGINT NOT NULL,                  -- who runs it
	region_id BIGINT NOT NULL DEFAULT 0,
	place_id BIGINT NOT NULL DEFAULT 0,
	kind TEXT NOT NULL,                       -- room | centre
	name_kk TEXT NOT NULL,
	name_ru TEXT NOT NULL,
	name_en TEXT NOT NULL,
	address TEXT NOT NULL DEFAULT '',
	counters BIGINT NOT NULL DEFAULT 1,
	updated_at BIGINT NOT NULL
);
CREATE INDEX reception_centre_region ON reception_centre (region_id, id);
CREATE INDEX reception_centre_body ON reception_centre (body_id, id);

-- Who receives: heads and deputies by the law; a centre's lawyer, mediator, adviser.
CREATE TABLE reception_head (
	id BIGINT PRIMARY KEY,
	body_id BIGINT NOT NULL,
	region_id BIGINT NOT NULL DEFAULT 0,
	kind TEXT NOT NULL,                       -- head | deputy | lawyer | mediator | adviser
	name TEXT NOT NULL,
	post_kk TEXT NOT NULL,
	post_ru TEXT NOT NULL,
	post_en TEXT NOT NULL,
	matters TEXT NOT NULL DEFAULT '',         -- what they decide, in words
	active BOOLEAN NOT NULL DEFAULT '1',
	updated_at BIGINT NOT NULL
);
CREATE INDEX reception_head_body ON reception_head (body_id, id);

-- Opening hours. A row never changes but for its end: what was in force stays to be read.
CREATE TABLE reception_hours (
	id BIGINT PRIMARY KEY,
	head_id BIGINT NOT NULL REFERENCES reception_head (id),
	centre_id BIGINT NOT NULL REFERENCES reception_centre (id),
	weekday BIGINT NOT NULL,                  -- 1 Monday ... 7 Sunday
	weeks BIGINT NOT NULL,                    -- bit n-1: the nth such weekday of a month
	from_min BIGINT NOT NULL,
	to_min BIGINT NOT NULL,
	slot_min BIGINT NOT NULL,
	kind TEXT NOT NULL,                       -- person | video
	link TEXT NOT NULL DEFAULT '',            -- of the video room; shown to the booked only
	from_on BIGINT NOT NULL,
	until_on BIGINT NOT NULL DEFAULT 0,       -- last day in force; 0: no end known
	made_by BIGINT NOT NULL DEFAULT 0
);
CREATE INDEX reception_hours_of ON reception_hours (head_id, id);

-- Days on which a body, or one of its heads (head_id), does not receive.
CREATE TABLE reception_closure (
	id BIGINT PRIMARY KEY,
	body_id BIGINT NOT NULL,
	head_id BIGINT NOT NULL DEFAULT 0,
	from_on BIGINT NOT NULL,
	to_on BIGINT NOT NULL,
	reason TEXT NOT NULL
);
CREATE INDEX reception_closure_of ON reception_closure (body_id, to_on);

-- The schedule of one body for one month, once: publishing it is a duty.
CREATE TABLE reception_month (
	id BIGINT PRIMARY KEY,
	body_id BIGINT NOT NULL,
	month_on BIGINT NOT NULL,                 -- its first day
	published_at BIGINT NOT NULL DEFAULT 0
);
CREATE UNIQUE INDEX reception_month_once ON reception_month (body_id, month_on);

-- One head on one day.
CREATE TABLE reception_day (
	id BIGINT PRIMARY KEY,
	head_id BIGINT NOT NULL REFERENCES reception_head (id),
	body_id BIGINT NOT NULL,
	centre_id BIGINT NOT NULL REFERENCES reception_centre (id),
	region_id BIGINT NOT NULL DEFAULT 0,
	meeting_id BIGINT NOT NULL DEFAULT 0,     -- before or after this meeting
	held_on BIGINT NOT NULL,
	from_min BIGINT NOT NULL,
	to_min BIGINT NOT NULL,
	slot_min BIGINT NOT NULL,
	kind TEXT NOT NULL,                       -- person | video
	link TEXT NOT NULL DEFAULT '',
	state TEXT NOT NULL,                      -- planned | public | held | not_held | closed
	reason TEXT NOT NULL DEFAULT '',          -- why it was closed
	version BIGINT NOT NULL DEFAULT 1,        -- rises with every change: two editors do not overwrite each other
	published_at BIGINT NOT NULL DEFAULT 0,
	updated_at BIGINT NOT NULL
);
CREATE UNIQUE INDEX reception_day_once ON reception_day (head_id, held_on, from_min) WHERE state <> 'closed';
CREATE INDEX reception_day_public ON reception_day (held_on, id) WHERE state = 'public';
CREATE INDEX reception_day_region ON reception_day (region_id, held_on, id) WHERE state = 'public';
CREATE INDEX reception_day_body ON reception_day (body_id, held_on, id);
CREATE INDEX reception_day_centre ON reception_day (centre_id, held_on, id);
CREATE INDEX reception_day_meeting ON reception_day (meeting_id, held_on, id) WHERE meeting_id <> 0;

-- A window of time. Whoever sets booking_id first has it.
CREATE TABLE reception_slot (
	id BIGINT PRIMARY KEY,
	day_id BIGINT NOT NULL REFERENCES reception_day (id),
	head_id BIGINT NOT NULL,
	body_id BIGINT NOT NULL,
	starts_at BIGINT NOT NULL,
	minutes BIGINT NOT NULL,
	booking_id BIGINT NOT NULL DEFAULT 0,
	closed BOOLEAN NOT NULL DEFAULT '0'
);
CREATE UNIQUE INDEX reception_slot_once ON reception_slot (head_id, starts_at) WHERE closed = '0';
CREATE INDEX reception_slot_of ON reception_slot (day_id, starts_at);
CREATE INDEX reception_slot_free ON reception_slot (head_id, starts_at) WHERE closed = '0' AND booking_id = 0;
CREATE INDEX reception_slot_body_free ON reception_slot (body_id, starts_at) WHERE closed = '0' AND booking_id = 0;

CREATE TABLE reception_booking (
	id BIGINT PRIMARY KEY,
	number TEXT NOT NULL,                     -- public, with a check character; the secret is derived
	slot_id BIGINT NOT NULL REFERENCES reception_slot (id),
	day_id BIGINT NOT NULL REFERENCES reception_day (id),
	head_id BIGINT NOT NULL,
	body_id BIGINT NOT NULL,
	state TEXT NOT NULL,                      -- reserved | waiting | booked | here | seen | missed | cancelled | lapsed | called_off
	starts_at BIGINT NOT NULL,
	account_id BIGINT NOT NULL DEFAULT 0,
	name TEXT NOT NULL DEFAULT '',
	email TEXT NOT NULL DEFAULT '',
	person_key TEXT NOT NULL DEFAULT '',      -- keyed hash of the address or the account: limits per person
	phone TEXT NOT NULL DEFAULT '',
	lang TEXT NOT NULL,
	tries BIGINT NOT NULL DEFAULT 0,          -- wrong codes
	moved_n BIGINT NOT NULL DEFAULT 0,
	made_at BIGINT NOT NULL,
	expires_at BIGINT NOT NULL DEFAULT 0,     -- reserved, waiting: the slot is free again then
	confirmed_at BIGINT NOT NULL DEFAULT 0,
	ended_at BIGINT NOT NULL DEFAULT 0,
	remind_at BIGINT NOT NULL DEFAULT 0,      -- when the reminder is due; 0: sent or none
	by_staff BIGINT NOT NULL DEFAULT 0,       -- the operator who booked for the person
	matter TEXT NOT NULL DEFAULT ''
);
CREATE UNIQUE INDEX reception_booking_number ON reception_booking (number);
-- the second belt: two live bookings of one slot cannot exist, whatever the program does
CREATE UNIQUE INDEX reception_booking_once ON reception_booking (slot_id) WHERE state IN ('reserved', 'waiting', 'booked', 'here', 'seen');
CREATE INDEX reception_booking_expiry ON reception_booking (expires_at) WHERE state IN ('reserved', 'waiting');
CREATE INDEX reception_booking_remind ON reception_booking (remind_at) WHERE remind_at <> 0;
CREATE INDEX reception_booking_person ON reception_booking (person_key, id) WHERE state IN ('waiting', 'booked');
CREATE INDEX reception_booking_account ON reception_booking (account_id, id) WHERE account_id <> 0;
CREATE INDEX reception_booking_day ON reception_booking (day_id, starts_at, id);

-- The queue of a day: one ticket a person who is there.
CREATE TABLE reception_ticket (
	id BIGINT PRIMARY KEY,
	centre_id BIGINT NOT NULL REFERENCES reception_centre (id),
	made_on BIGINT NOT NULL,
	seq BIGINT NOT NULL,
	head_id BIGINT NOT NULL DEFAULT 0,        -- waits for this one; 0: any counter
	body_id BIGINT NOT NULL,
	booking_id BIGINT NOT NULL DEFAULT 0,
	visit_id BIGINT NOT NULL DEFAULT 0,
	state TEXT NOT NULL,                      -- waiting | called | served | done | missed
	since_at BIGINT NOT NULL,                 -- waiting counts from here: the appointment, or the ticket
	called_at BIGINT NOT NULL DEFAULT 0,      -- for the first time
	shown_at BIGINT NOT NULL DEFAULT 0,       -- for the last time: the display goes by it
	calls BIGINT NOT NULL DEFAULT 0,
	counter BIGINT NOT NULL DEFAULT 0,
	called_by BIGINT NOT NULL DEFAULT 0,
	ended_at BIGINT NOT NULL DEFAULT 0
);
CREATE UNIQUE INDEX reception_ticket_once ON reception_ticket (centre_id, made_on, seq);
CREATE UNIQUE INDEX reception_ticket_booking ON reception_ticket (booking_id) WHERE booking_id <> 0 AND state <> 'missed';
CREATE INDEX reception_ticket_queue ON reception_ticket (centre_id, made_on, state, since_at, id);

-- One person, once in the house; what was asked and promised.
CREATE TABLE reception_visit (
	id BIGINT PRIMARY KEY,
	centre_id BIGINT NOT NULL REFERENCES reception_centre (id),
	body_id BIGINT NOT NULL,                  -- who received
	head_id BIGINT NOT NULL DEFAULT 0,
	day_id BIGINT NOT NULL DEFAULT 0,
	booking_id BIGINT NOT NULL DEFAULT 0,
	ticket_id BIGINT NOT NULL DEFAULT 0,
	region_id BIGINT NOT NULL DEFAULT 0,
	state TEXT NOT NULL,                      -- open | closed
	kind TEXT NOT NULL DEFAULT 'person',      -- person | video
	lang TEXT NOT NULL,
	settled BOOLEAN NOT NULL DEFAULT '0',     -- at the end: nothing is left to be answered
	account_id BIGINT NOT NULL DEFAULT 0,     -- the person's cabinet
	opened_by BIGINT NOT NULL,
	opened_at BIGINT NOT NULL,
	closed_at BIGINT NOT NULL DEFAULT 0,
	waited_us BIGINT NOT NULL DEFAULT 0,
	promise_on BIGINT NOT NULL DEFAULT 0,
	kept_at BIGINT NOT NULL DEFAULT 0,
	name TEXT NOT NULL DEFAULT '',
	email TEXT NOT NULL DEFAULT '',
	phone TEXT NOT NULL DEFAULT '',
	post_address TEXT NOT NULL DEFAULT '',
	identity_key TEXT NOT NULL DEFAULT '',
	identity_sealed BLOB,
	kept TEXT NOT NULL DEFAULT '',            -- how the promise was kept
	asked TEXT NOT NULL DEFAULT '',
	said TEXT NOT NULL DEFAULT '',
	promised TEXT NOT NULL DEFAULT ''
);
CREATE INDEX reception_visit_centre ON reception_visit (centre_id, opened_at);
CREATE INDEX reception_visit_body ON reception_visit (body_id, id);
CREATE INDEX reception_visit_promise ON reception_visit (body_id, promise_on) WHERE promise_on <> 0 AND kept_at = 0;
CREATE UNIQUE INDEX reception_visit_ticket ON reception_visit (ticket_id) WHERE ticket_id <> 0;

-- What a visit touched: one row a body.
CREATE TABLE reception_act (
	id BIGINT PRIMARY KEY,
	visit_id BIGINT NOT NULL REFERENCES reception_visit (id),
	kind TEXT NOT NULL,                       -- appeal | booking | advice | lawyer | mediator
	state TEXT NOT NULL,                      -- appeal: written | filed; others: done
	body_id BIGINT NOT NULL,
	centre_id BIGINT NOT NULL,
	topic TEXT NOT NULL DEFAULT '',
	appeal_kind TEXT NOT NULL DEFAULT '',
	place_id BIGINT NOT NULL DEFAULT 0,
	settled BOOLEAN NOT NULL DEFAULT '0',     -- answered on the spot
	confirmed TEXT NOT NULL DEFAULT '',       -- how the person confirmed the protocol: signed | said | not yet
	read_at BIGINT NOT NULL DEFAULT 0,        -- read back
	confirmed_at BIGINT NOT NULL DEFAULT 0,
	appeal_id BIGINT NOT NULL DEFAULT 0,
	booking_id BIGINT NOT NULL DEFAULT 0,
	account_id BIGINT NOT NULL,
	made_at BIGINT NOT NULL,
	text TEXT NOT NULL DEFAULT '',            -- the protocol; the advice
	answer TEXT NOT NULL DEFAULT ''           -- said at once
);
CREATE INDEX reception_act_of ON reception_act (visit_id, id);
CREATE INDEX reception_act_centre ON reception_act (centre_id, made_at);

-- The trail of all of it.
CREATE TABLE reception_event (
	id BIGINT PRIMARY KEY,
	subject_kind TEXT NOT NULL,               -- head | hours | month | day | booking | ticket | visit | closure | centre
	subject_id BIGINT NOT NULL,
	body_id BIGINT NOT NULL,
	kind TEXT NOT NULL,
	happened_at BIGINT NOT NULL,
	account_id BIGINT NOT NULL DEFAULT 0,
	detail TEXT NOT NULL DEFAULT '',
	reason TEXT NOT NULL DEFAULT ''
);
CREATE INDEX reception_event_of ON reception_event (subject_id, id);
CREATE INDEX reception_event_body ON reception_event (body_id, id);

-- only sqlite
CREATE TRIGGER reception_event_keeps BEFORE UPDATE ON reception_event BEGIN SELECT RAISE(ABORT, 'reception_event is append-only'); END;
CREATE TRIGGER reception_event_stays BEFORE DELETE ON reception_event BEGIN SELECT RAISE(ABORT, 'reception_event is append-only'); END;
-- end
-- only postgres
CREATE TRIGGER reception_event_keeps BEFORE UPDATE OR DELETE ON reception_event FOR EACH ROW EXECUTE FUNCTION append_only();
-- end
