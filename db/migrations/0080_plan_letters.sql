-- Addresses that want no letters about what was done: the keyed hash only.
CREATE TABLE plan_letters_off (
	address_key TEXT PRIMARY KEY,
	off_at BIGINT NOT NULL
);
