-- The same statements on H2 and on PostgreSQL. Where one process has the database to itself, these
-- tables stay empty and these columns null.

-- Counts the changes of definitions; whoever changes one holds this row until it has committed, so
-- the numbers are in the order of the commits. pruned: changes up to here are no longer listed.
create table probe_clock (
    id smallint not null primary key,
    number bigint not null,
    pruned bigint not null
);
insert into probe_clock (id, number, pruned) values (0, 0, 0);

create table probe_change (
    number bigint not null,
    probe_id bigint not null,
    name varchar(63) not null,
    at timestamp(6) with time zone not null,
    primary key (number, probe_id)
);

create index state_since on probe_state (since);

alter table result add column replica varchar(255);
alter table listener add column replica varchar(255);

-- Where replicas find each other; the table is that of JGroups' JDBC_PING2.
create table jgroups (
    address varchar(200) not null primary key,
    name varchar(200),
    cluster varchar(200) not null,
    ip varchar(200) not null,
    coord boolean
);
