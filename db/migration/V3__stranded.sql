-- Finds roots that speak of a subject and yet count as plain: there are few, if any.
CREATE INDEX tag_weak ON tag (weak, subject);
