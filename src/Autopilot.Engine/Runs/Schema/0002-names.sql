-- A name belongs to one run only: whoever comes second finds the first.
ALTER TABLE run ADD COLUMN name TEXT;

CREATE UNIQUE INDEX run_by_name ON run(name);
