-- Times are microseconds since 1970.

-- id: the first 64 bits of the name's SHA-256. first_id: the upper half of the id before which no
-- result belongs to this probe.
create table probe (
    seq bigint generated always as identity primary key,
    id bigint not null unique,
    name varchar(63) not null,
    target varchar(300) not null,
    interval_nanos bigint not null,
    settings text not null,
    labels text not null,
    paused boolean not null,
    rise smallint not null,
    fall smallint not null,
    version bigint not null,
    created_at bigint not null,
    updated_at bigint not null,
    first_id bigint not null,
    checksum bigint not null
);

-- definition: JSON. address: where it listened last.
create table listener (
    name varchar(63) not null primary key,
    definition text not null,
    since bigint not null,
    paused boolean not null,
    address varchar(80),
    replica varchar(255),
    checksum bigint not null
);

create table probe_state (
    probe_id bigint not null primary key,
    state varchar(8) not null,
    since bigint not null
);
create index state_since on probe_state (since);

-- id: time-ordered, so it is also the time; a partition holds one day (UTC) and is made by Sonde.
-- outcome: 0 succeeded, 1 failed, 2 not probed. started_at: only where the clock stood elsewhere
-- than the id says.
create table result (
    id uuid not null primary key,
    probe_id bigint not null,
    outcome smallint not null,
    reason varchar(40),
    connect_micros bigint,
    started_at bigint,
    replica varchar(255),
    body bytea not null
) partition by range (id);
create index result_of_probe on result (probe_id, id);
create index result_off_the_clock on result (started_at) where started_at is not null;

create table transition (
    id uuid not null primary key,
    probe_id bigint not null,
    from_state varchar(8) not null,
    to_state varchar(8) not null,
    at bigint not null,
    result_id varchar(36),
    reason varchar(40) not null
);
create index transition_of_probe on transition (probe_id, id);

create view results_readable as
select
    r.id,
    p.name as probe,
    p.target,
    to_timestamp(coalesce(r.started_at / 1000000.0,
        ('x' || lpad(replace(left(r.id::text, 13), '-', ''), 16, '0'))::bit(64)::bigint / 1000.0))
        as started_at,
    case r.outcome when 0 then 'succeeded' when 1 then 'failed' else 'not_probed' end as outcome,
    r.reason,
    r.connect_micros / 1000.0 as connect_ms,
    r.replica
from result r
left join probe p on p.id = r.probe_id
order by r.id;
