-- What is open today is found among what is open, not among all that was permitted today.
DROP INDEX permit_open;
CREATE INDEX permit_open ON permit(state, day) WHERE state = 'open';
