-- Times are microseconds since 1970. Keys of results and of transitions are the upper 64 bits of
-- their ids (UUIDs of version 7): milliseconds since 1970 in the upper 48 bits, then a counter.

-- id: the first 64 bits of the name's SHA-256. first_id: no result before it belongs to this probe.
-- checksum: CRC-32C of the other columns, as RowChecksum makes it.
create table probe (
    seq integer primary key,
    id integer not null unique,
    name text not null,
    target text not null,
    interval_nanos integer not null,
    settings text not null,
    labels text not null,
    paused integer not null,
    rise integer not null,
    fall integer not null,
    version integer not null,
    created_at integer not null,
    updated_at integer not null,
    first_id integer not null,
    checksum integer not null
);

-- definition: JSON. address: where it listened last.
create table listener (
    name text not null primary key,
    definition text not null,
    since integer not null,
    paused integer not null,
    address text,
    replica text,
    checksum integer not null
);

-- How many definitions there are, and the sum of their checksums: rows that vanish leave a
-- difference.
create table tally (
    kind text not null primary key,
    number integer not null,
    checksums integer not null
) without rowid;
insert into tally (kind, number, checksums) values ('probe', 0, 0), ('listener', 0, 0);

create trigger probe_added after insert on probe begin
    update tally set number = number + 1, checksums = checksums + new.checksum where kind = 'probe';
end;
create trigger probe_removed after delete on probe begin
    update tally set number = number - 1, checksums = checksums - old.checksum where kind = 'probe';
end;
create trigger probe_changed after update on probe begin
    update tally set checksums = checksums - old.checksum + new.checksum where kind = 'probe';
end;
create trigger listener_added after insert on listener begin
    update tally set number = number + 1, checksums = checksums + new.checksum
        where kind = 'listener';
end;
create trigger listener_removed after delete on listener begin
    update tally set number = number - 1, checksums = checksums - old.checksum
        where kind = 'listener';
end;
create trigger listener_changed after update on listener begin
    update tally set checksums = checksums - old.checksum + new.checksum where kind = 'listener';
end;

create table probe_state (
    probe_id integer not null primary key,
    state text not null,
    since integer not null
);

-- id, tail: the upper and the lower half of the result's id. outcome: 0 succeeded, 1 failed, 2 not
-- probed. reason: why it failed or was not probed. connect_micros: what the connect took. started_at:
-- only where the clock stood elsewhere than the id says, as after it was set back.
create table result (
    id integer not null primary key,
    tail integer not null,
    probe_id integer not null,
    outcome integer not null,
    reason text,
    connect_micros integer,
    started_at integer,
    replica text,
    body blob not null
);
-- Its entries end with the row's key, so they are in the order of time.
create index result_of_probe on result (probe_id);
create index result_off_the_clock on result (started_at) where started_at is not null;

create table transition (
    id integer not null primary key,
    probe_id integer not null,
    from_state text not null,
    to_state text not null,
    at integer not null,
    result_id text,
    reason text not null
);
create index transition_of_probe on transition (probe_id);

-- For people with sqlite3.
create view results_readable as
select
    printf('%08x-%04x-%04x-%04x-%012x', r.id >> 32, (r.id >> 16) & 65535, r.id & 65535,
        (r.tail >> 48) & 65535, r.tail & 281474976710655) as id,
    p.name as probe,
    p.target as target,
    strftime('%Y-%m-%dT%H:%M:%fZ', coalesce(r.started_at / 1000000.0, (r.id >> 16) / 1000.0),
        'unixepoch') as started_at,
    case r.outcome when 0 then 'succeeded' when 1 then 'failed' else 'not_probed' end as outcome,
    r.reason as reason,
    r.connect_micros / 1000.0 as connect_ms
from result r
left join probe p on p.id = r.probe_id and r.id >= p.first_id
order by r.id;
