-- Letters that the other side's mail server did not take: for administrators as a list, for the person as a fact about the address.
CREATE INDEX mail_refused ON mail (id) WHERE state = 'refused';
ALTER TABLE account ADD COLUMN mail_refused_at BIGINT NOT NULL DEFAULT 0;
