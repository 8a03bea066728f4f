-- What sessions of all processes hold, told only while memory is short.
CREATE TABLE live_session(id TEXT NOT NULL PRIMARY KEY, memory BIGINT NOT NULL, at BIGINT NOT NULL);
