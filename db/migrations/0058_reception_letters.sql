-- How often an address was asked for a code within the hour: nobody is flooded with letters by somebody else.
CREATE INDEX reception_booking_asked ON reception_booking (person_key, made_at) WHERE person_key <> '';
