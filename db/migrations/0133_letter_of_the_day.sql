-- One letter a day: letters that may wait are held (mail.state 'held') until the hour, then told in one ('together').
ALTER TABLE account ADD COLUMN mail_daily BOOLEAN NOT NULL DEFAULT '0';
CREATE INDEX mail_held ON mail (account_id, id) WHERE state = 'held';
