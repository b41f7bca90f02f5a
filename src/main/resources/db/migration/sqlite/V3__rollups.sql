-- Buckets of a tier, many in a row. tier: 0 a minute, 1 five minutes, 2 an hour, 3 a day. start:
-- begin of the row's time, seconds since 1970. replica: empty where there is only one.
create table rollup (
    probe_id integer not null,
    tier integer not null,
    start integer not null,
    replica text not null,
    body blob not null,
    primary key (probe_id, tier, start, replica)
);
create index rollup_of_tier on rollup (tier, start);

-- Runs of a part of the probes that started before, in seconds since 1970, are in the roll-ups.
create table rollup_mark (
    replica text not null,
    part integer not null,
    upto integer not null,
    primary key (replica, part)
);

-- Time within the incident in which nobody looked.
alter table incident add column unwatched_millis integer not null default 0;
