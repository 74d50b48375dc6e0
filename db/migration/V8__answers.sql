-- What is asked of every root is in its own row, and one sum tells of all files. An older ledger does
-- not know the sum, and is marked as one to be built anew. Its history stays.
UPDATE store_state SET identity = 'outdated';

-- The digest of the content that is named: who lists the roots need not look up each content.
ALTER TABLE tag ADD COLUMN content_digest VARCHAR(135);
UPDATE tag SET content_digest = (SELECT content.digest FROM content WHERE content.id = tag.content_id);
ALTER TABLE tag ALTER COLUMN content_digest SET NOT NULL;

-- The first 64 bits of the digests of all that has a file, condemned or not, combined by XOR: tells
-- whether the blob folders hold other names than the ledger knows, without a question about each.
ALTER TABLE usage_total ADD COLUMN names_xor BIGINT DEFAULT 0 NOT NULL;

-- What takes the space, by reference? All that each root reaches, what only it reaches (what
-- deleting it gives back) and the rest. A weak root is held by its subject and has nothing of its
-- own.
CREATE OR REPLACE VIEW image_usage AS
SELECT name, repository, content_digest AS digest, total_bytes, unique_bytes,
  total_bytes - unique_bytes AS shared_bytes, total_allocated_bytes, unique_allocated_bytes
FROM tag;
