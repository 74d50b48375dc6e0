-- What lies in the blob folders and is no blob by its name, as of store_state.blobs_stamp: a path below
-- the store's root, percent-encoded (RFC 3986), since a name may be any bytes. So nobody lists a
-- million names to say what the store has beside its blobs.
CREATE TABLE stray (
  path VARCHAR(4096) NOT NULL CONSTRAINT stray_pk PRIMARY KEY
);

-- An older ledger does not know them: the next look lists the folders.
UPDATE store_state SET blobs_stamp = '';
