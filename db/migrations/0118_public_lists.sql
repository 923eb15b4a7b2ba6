-- Public lists go by the day an appeal came in, not by its id: what was taken over from elsewhere or asked in a meeting has its number later.
DROP INDEX appeal_public_place;
DROP INDEX appeal_public_topic;
CREATE INDEX appeal_public_filed ON appeal (filed_at, id) WHERE public_state = 'cleared';
CREATE INDEX appeal_public_place ON appeal (region_id, filed_at, id) WHERE public_state = 'cleared';
CREATE INDEX appeal_public_topic ON appeal (topic, filed_at, id) WHERE public_state = 'cleared';
CREATE INDEX appeal_public_topic_place ON appeal (topic, region_id, filed_at, id) WHERE public_state = 'cleared';

-- Which program filed it over Open311: it may read the state of its own before the public can.
CREATE TABLE client_appeal (
	appeal_id BIGINT PRIMARY KEY REFERENCES appeal (id),
	client_id BIGINT NOT NULL REFERENCES api_client (id)
);
