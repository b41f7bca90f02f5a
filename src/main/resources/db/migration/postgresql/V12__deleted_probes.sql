-- Names of deleted probes whose results can still be read by id. at: when a removal of old rows saw
-- it first, in microseconds since 1970; null before.
create table deleted_probe (
    id bigint not null primary key,
    name varchar(63) not null,
    at bigint
);

-- Results of a deleted probe are not those of its namesake.
create or replace view results_readable as
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
    and r.id >= cast(lpad(to_hex(p.first_id), 16, '0') || repeat('0', 16) as uuid)
order by r.id;
