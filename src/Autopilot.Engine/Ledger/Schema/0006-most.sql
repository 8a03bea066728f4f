-- The most that may be spent under a permit; what is free as far as is known reserves nothing, and still may not spend more than this.
ALTER TABLE permit ADD COLUMN most BIGINT;
