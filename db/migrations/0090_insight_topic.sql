-- Where and at whom people write about one topic: read from the index alone, as for all topics ('').
DROP INDEX tally_filed_places;
DROP INDEX tally_filed_bodies;
CREATE INDEX tally_filed_places ON tally (span, topic, slot, place_id, n) WHERE metric = 'filed' AND body_id = 0 AND place_id <> 0;
CREATE INDEX tally_filed_bodies ON tally (span, topic, slot, body_id, n) WHERE metric = 'filed' AND place_id = 0 AND body_id <> 0;
