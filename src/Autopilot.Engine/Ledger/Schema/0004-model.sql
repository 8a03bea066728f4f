-- The model that was asked for, and once its session has told, the one that answered.
ALTER TABLE permit ADD COLUMN model TEXT;
