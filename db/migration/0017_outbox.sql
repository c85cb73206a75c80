-- What administrators see of the outbox: why an attempt has failed, and what the mail server answered. What was written there
-- before is for logs, and names hosts.
ALTER TABLE mails RENAME COLUMN last_error TO answer;
ALTER TABLE mails ADD COLUMN problem text NOT NULL DEFAULT '';
UPDATE mails SET problem = 'OTHER', answer = '' WHERE answer <> '';

-- When the link in a mail expires; zero: there is none. A mail that failed keeps its text unless that has a link.
ALTER TABLE mails ADD COLUMN link_expires_at bigint NOT NULL DEFAULT 0;
UPDATE mails SET link_expires_at = created_at + CASE kind WHEN 'welcome' THEN 604800000 ELSE 3600000 END
  WHERE kind IN ('passwordReset', 'emailConfirm') OR text_body LIKE '%#token=%' OR given_up_at > 0;

-- An attempt is under way: a mail that waits for its next one can be sent at once, one that is being sent cannot.
ALTER TABLE mails ADD COLUMN attempting boolean NOT NULL DEFAULT false;

CREATE INDEX mails_by_time ON mails (account_id, created_at, id);
CREATE INDEX mails_undelivered ON mails (account_id, created_at, id) WHERE sent_at = 0;
CREATE INDEX mails_by_user ON mails (user_id, created_at, id);
