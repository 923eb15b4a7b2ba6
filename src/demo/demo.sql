-- demo.sql: what only the demonstration needs.

-- demo_staff() -> many demo_staff_row
SELECT a.id, a.name, a.email FROM account a WHERE a.kind = 'staff' ORDER BY a.id LIMIT 200;

-- demo_forget_letters() -> done
DELETE FROM job WHERE kind IN ('notify.appeal', 'notify.duty', 'notify.joined', 'meeting.refresh', 'meeting.tell');

-- demo_appeals_in(region int, limit int) -> many demo_appeal_row
SELECT id, body_id FROM appeal WHERE region_id = :region AND public_state = 'cleared' ORDER BY id DESC LIMIT :limit;

-- demo_appeals_there() -> value int
SELECT COUNT(*) FROM (SELECT id FROM appeal LIMIT 1) one;
