-- body: JSON, as SqlMaintenanceStore writes it.
create table maintenance (
    id varchar(36) collate "C" not null primary key,
    created_at bigint not null,
    body text not null
);

-- 1 where the probe was under maintenance; null otherwise.
alter table transition add column in_maintenance smallint;
