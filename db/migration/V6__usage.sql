-- Sums that are kept while rows come and go, so that no question adds up a million rows. What is in
-- an older ledger was never summed: the rows that the disk can give again go, and the ledger is
-- marked as one to be built anew. Its history stays.
UPDATE store_state SET identity = 'outdated';
DROP VIEW image_usage;
DROP VIEW image_content;
DROP VIEW disk_usage;
DROP VIEW orphan;
DROP VIEW count_drift;
DROP VIEW holding;
DELETE FROM lease_content;
DELETE FROM lease;
DELETE FROM deferred;
DELETE FROM condemned;
DELETE FROM absent;
DELETE FROM damage;
DELETE FROM referrer;
DELETE FROM intent;
TRUNCATE TABLE edge;
TRUNCATE TABLE tag;
DELETE FROM content WHERE id NOT IN (SELECT content_id FROM unheld);

-- The only root that is not weak and reaches this; 0 if none does, NULL if several do.
ALTER TABLE content ADD COLUMN sole_tag_id BIGINT DEFAULT 0;

-- All that this root reaches.
ALTER TABLE tag ADD COLUMN total_bytes BIGINT DEFAULT 0 NOT NULL;
-- Of that, what no other root reaches: what deleting it gives back. 0 for a weak root.
ALTER TABLE tag ADD COLUMN unique_bytes BIGINT DEFAULT 0 NOT NULL;
-- When it was made, as it says itself, or its config, or the first below it that says so.
ALTER TABLE tag ADD COLUMN created VARCHAR(64);

-- One row: how many contents there are of each kind, and their bytes.
CREATE TABLE usage_total (
  id SMALLINT NOT NULL CONSTRAINT usage_total_pk PRIMARY KEY
    CONSTRAINT usage_total_one_row CHECK (id = 1),
  -- present, and held by something
  held_blobs BIGINT NOT NULL,
  held_bytes BIGINT NOT NULL,
  -- present, and held by nothing
  orphan_blobs BIGINT NOT NULL,
  orphan_bytes BIGINT NOT NULL,
  condemned_blobs BIGINT NOT NULL,
  condemned_bytes BIGINT NOT NULL
);
INSERT INTO usage_total (id, held_blobs, held_bytes, orphan_blobs, orphan_bytes, condemned_blobs,
  condemned_bytes)
VALUES (1, 0, 0, 0, 0, 0, 0);

-- Every reason of every count.
CREATE VIEW holding AS
SELECT held.digest AS digest, 'edge' AS kind, edge.role AS role, holder.digest AS holder
FROM edge
JOIN content AS held ON held.id = edge.held_id
JOIN content AS holder ON holder.id = edge.holder_id
UNION ALL
SELECT content.digest, CASE WHEN tag.name IS NULL THEN 'root' ELSE 'tag' END,
  CASE WHEN tag.weak THEN 'referrer' ELSE 'root' END, tag.name
FROM tag
JOIN content ON content.id = tag.content_id
UNION ALL
SELECT content.digest, 'lease', 'transfer', lease.owner
FROM lease_content
JOIN lease ON lease.id = lease_content.lease_id
JOIN content ON content.id = lease_content.content_id;

-- Contents whose count is not the number of its reasons. Empty, always.
CREATE VIEW count_drift AS
SELECT content.digest AS digest, content.ref_count AS ref_count,
  COALESCE(reason.reasons, 0) AS reasons
FROM content
LEFT JOIN (
  SELECT content_id, COUNT(*) AS reasons
  FROM (
    SELECT held_id AS content_id FROM edge
    UNION ALL
    SELECT content_id FROM tag
    UNION ALL
    SELECT content_id FROM lease_content
  ) AS named
  GROUP BY content_id
) AS reason ON reason.content_id = content.id
WHERE content.ref_count <> COALESCE(reason.reasons, 0);

-- On disk, held by nothing.
CREATE VIEW orphan AS
SELECT content.digest AS digest, content.size_bytes AS size_bytes, unheld.since AS unheld_since
FROM content
LEFT JOIN unheld ON unheld.content_id = content.id
WHERE content.ref_count = 0 AND content.state = 'present';

-- One row: the whole store.
CREATE VIEW disk_usage AS
SELECT held_blobs + orphan_blobs + condemned_blobs AS blobs,
  held_bytes + orphan_bytes + condemned_bytes AS bytes,
  held_blobs, held_bytes, orphan_blobs, orphan_bytes, condemned_blobs,
  (SELECT COUNT(*)
   FROM absent
   WHERE EXISTS (
     SELECT 1 FROM edge WHERE edge.held_id = absent.content_id AND edge.role <> 'diff_id'
     UNION ALL
     SELECT 1 FROM tag WHERE tag.content_id = absent.content_id)) AS absent
FROM usage_total;

-- For each root: what it reaches, what only it reaches (what a delete would free), the rest. A weak
-- root is held by its subject and has nothing of its own.
CREATE VIEW image_usage AS
SELECT tag.name AS name, content.digest AS digest, tag.total_bytes AS total_bytes,
  tag.unique_bytes AS unique_bytes, tag.total_bytes - tag.unique_bytes AS shared_bytes
FROM tag
JOIN content ON content.id = tag.content_id;
