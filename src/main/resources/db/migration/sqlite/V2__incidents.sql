-- Keys are the upper 64 bits of the results' ids. counted: the latest result that is in failed_runs.
-- last_key: results from here on are no longer of this incident. ended_by: up, paused, deleted.
create table incident (
    id text not null primary key,
    probe_id integer not null,
    from_at integer not null,
    to_at integer,
    ended_by text,
    phase text,
    reason text not null,
    detail text,
    first_key integer not null,
    first_result text,
    last_key integer,
    last_result text,
    counted integer not null,
    failed_runs integer not null
) without rowid;
create index incident_of_probe on incident (probe_id, first_key);
create unique index incident_open on incident (probe_id) where to_at is null;

-- Results that began or ended an incident; they stay as long as it does.
create table kept_result (
    id text not null primary key,
    incident text not null,
    probe_id integer not null,
    replica text,
    body blob not null
) without rowid;
create index kept_result_of_incident on kept_result (incident);
