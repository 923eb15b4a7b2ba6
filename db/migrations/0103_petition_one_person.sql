-- A person with a verified identity holds the place of their mailbox and name: signing by mail finds them there. Empty: signed by mail.
ALTER TABLE petition_pending ADD COLUMN identity_key TEXT NOT NULL DEFAULT '';
