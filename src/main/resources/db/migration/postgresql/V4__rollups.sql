-- Buckets of a tier, many in a row. tier: 0 a minute, 1 five minutes, 2 an hour, 3 a day. start:
-- begin of the row's time, seconds since 1970. replica: empty where there is only one.
create table rollup (
    probe_id bigint not null,
    tier smallint not null,
    start bigint not null,
    replica varchar(255) not null,
    body bytea not null,
    primary key (probe_id, tier, start, replica)
);
create index rollup_of_tier on rollup (tier, start);

-- Runs of a part of the probes that started before, in seconds since 1970, are in the roll-ups.
create table rollup_mark (
    replica varchar(255) not null,
    part smallint not null,
    upto bigint not null,
    primary key (replica, part)
);

-- Time within the incident in which nobody looked.
alter table incident add column unwatched_millis bigint not null default 0;
