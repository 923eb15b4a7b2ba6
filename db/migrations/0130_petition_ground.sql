-- What was said when a petition was refused or stopped stays as it was said, and hidden words stay hidden, whatever becomes of the ground in the pack.
ALTER TABLE petition ADD COLUMN ground_kk TEXT NOT NULL DEFAULT '';
ALTER TABLE petition ADD COLUMN ground_ru TEXT NOT NULL DEFAULT '';
ALTER TABLE petition ADD COLUMN ground_en TEXT NOT NULL DEFAULT '';
ALTER TABLE petition ADD COLUMN text_hidden BOOLEAN NOT NULL DEFAULT '0';
ALTER TABLE petition ADD COLUMN ground_kept BOOLEAN NOT NULL DEFAULT '1';       -- 0: from before; the program takes its words from the pack
UPDATE petition SET ground_kept = '0' WHERE ground <> '';
-- Which grounds hide is known to the pack: until it is asked, all but those that never did.
UPDATE petition SET text_hidden = '1'
 WHERE state = 'refused' AND ground NOT IN ('', 'petition_excluded', 'petition_duplicate', 'petition_no_demand', 'petition_not_body');
CREATE INDEX petition_ground_unkept ON petition (id) WHERE ground_kept = '0';
