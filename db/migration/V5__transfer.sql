-- A pull, push, import or export that is under way: its process lives, and what it names is held.
-- The store's folder .ocigc/transfers says which there are; the ledger follows.
CREATE TABLE lease (
  id VARCHAR(64) NOT NULL CONSTRAINT lease_pk PRIMARY KEY,
  -- the process and what it does
  owner VARCHAR(4096) NOT NULL
);

-- A row exists if and only if the lease names the content, which counts as a reference.
CREATE TABLE lease_content (
  lease_id VARCHAR(64) NOT NULL
    CONSTRAINT lease_content_lease REFERENCES lease (id) ON DELETE RESTRICT,
  content_id BIGINT NOT NULL,
  CONSTRAINT lease_content_pk PRIMARY KEY (lease_id, content_id)
);
CREATE INDEX lease_content_held ON lease_content (content_id);
ALTER TABLE lease_content ADD CONSTRAINT lease_content_names
  FOREIGN KEY (content_id) REFERENCES content (id) ON DELETE RESTRICT;

-- A row exists if and only if a delete of ours dropped the content and leases alone have kept it
-- since: it is condemned when the last of them ends.
CREATE TABLE deferred (
  content_id BIGINT NOT NULL CONSTRAINT deferred_pk PRIMARY KEY
    CONSTRAINT deferred_content REFERENCES content (id) ON DELETE CASCADE
);

-- Where manifests and indexes were pushed, and when last. By digest: it stays true when the
-- content leaves the store.
CREATE TABLE pushed (
  digest VARCHAR(135) NOT NULL,
  registry VARCHAR(300) NOT NULL,
  repository VARCHAR(255) NOT NULL,
  -- NULL: by its digest, below or beside what was named
  tag VARCHAR(128),
  at TIMESTAMP(3) WITH TIME ZONE NOT NULL,
  CONSTRAINT pushed_to UNIQUE NULLS NOT DISTINCT (digest, registry, repository, tag)
);

-- Every reason of every count.
CREATE OR REPLACE VIEW holding AS
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
CREATE OR REPLACE VIEW count_drift AS
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
