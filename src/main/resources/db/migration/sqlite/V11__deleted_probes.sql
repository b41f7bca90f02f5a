-- Names of deleted probes whose results can still be read by id. at: when a removal of old rows saw
-- it first, in microseconds since 1970; null before.
create table deleted_probe (
    id integer not null primary key,
    name text not null,
    at integer
);
