-- The same statements on H2 and on PostgreSQL.

-- id: the first 64 bits of the name's SHA-256. Probes run in the order of this number, so results
-- that are written together lie together. seq: rows in the order of their creation, which makes a
-- hundred thousand new ones cheap.
create table probe (
    seq bigint generated always as identity primary key,
    id bigint not null unique,
    name varchar(63) not null unique,
    target varchar(300) not null,
    interval_nanos bigint not null,
    settings varchar(10000) not null,
    labels varchar(20000) not null,
    paused boolean not null,
    rise smallint not null,
    fall smallint not null,
    version bigint not null,
    created_at timestamp(6) with time zone not null,
    updated_at timestamp(6) with time zone not null
);

create table probe_state (
    probe_id bigint not null primary key,
    state varchar(8) not null,
    since timestamp(6) with time zone not null
);

-- id: time-ordered, so it is also the time. outcome: 0 succeeded, 1 failed, 2 not probed.
create table result (
    id uuid not null primary key,
    probe_id bigint not null,
    outcome smallint not null,
    body bytea not null
);
create index result_of_probe on result (probe_id, id);

create table transition (
    seq bigint generated always as identity primary key,
    probe_id bigint not null,
    from_state varchar(8) not null,
    to_state varchar(8) not null,
    at timestamp(6) with time zone not null,
    result_id uuid,
    reason varchar(40) not null
);
create index transition_of_probe on transition (probe_id, seq);
