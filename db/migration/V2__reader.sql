-- A user for questions: the command sql connects as this one, and the database refuses it writes,
-- files, scripts and settings.
CREATE USER IF NOT EXISTS reader PASSWORD 'reader';
GRANT SELECT ON SCHEMA PUBLIC TO reader;
