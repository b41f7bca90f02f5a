-- Keys are the upper 64 bits of the results' ids. counted: the latest result that is in failed_runs.
-- last_key: results from here on are no longer of this incident. ended_by: up, paused, deleted.
create table incident (
    id varchar(36) collate "C" not null primary key,
    probe_id bigint not null,
    from_at bigint not null,
    to_at bigint,
    ended_by varchar(255),
    phase varchar(255),
    reason varchar(40) not null,
    detail text,
    first_key bigint not null,
    first_result varchar(255),
    last_key bigint,
    last_result varchar(255),
    counted bigint not null,
    failed_runs bigint not null
);
create index incident_of_probe on incident (probe_id, first_key);
create unique index incident_open on incident (probe_id) where to_at is null;

-- Results that began or ended an incident; they stay as long as it does.
create table kept_result (
    id varchar(36) collate "C" not null primary key,
    incident varchar(36) collate "C" not null,
    probe_id bigint not null,
    replica varchar(255),
    body bytea not null
);
create index kept_result_of_incident on kept_result (incident);
