-- The first 64 bits of the digests of all that has a file, condemned or not, combined by XOR: tells
-- whether the blob folders hold other names than the ledger knows, without a question about each. An
-- older ledger does not know it, and is marked as one to be built anew. Its history stays.
UPDATE store_state SET identity = 'outdated';
ALTER TABLE usage_total ADD COLUMN names_xor BIGINT DEFAULT 0 NOT NULL;
