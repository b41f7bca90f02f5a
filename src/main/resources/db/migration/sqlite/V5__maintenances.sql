-- body: JSON, as SqlMaintenanceStore writes it.
create table maintenance (
    id text not null primary key,
    created_at integer not null,
    body text not null
) without rowid;

-- 1 where the probe was under maintenance; null otherwise.
alter table transition add column in_maintenance integer;
