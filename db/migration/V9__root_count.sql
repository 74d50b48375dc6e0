-- How many roots there are: once a transaction has changed a row of tag, the database counts that
-- table by reading all of it, and every change takes a sample of the numbers.
ALTER TABLE usage_total ADD COLUMN IF NOT EXISTS roots BIGINT DEFAULT 0 NOT NULL;
UPDATE usage_total SET roots = (SELECT COUNT(*) FROM tag);
