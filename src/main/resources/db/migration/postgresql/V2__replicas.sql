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
    at bigint not null,
    primary key (number, probe_id)
);

-- Where replicas find each other; the table is that of JGroups' JDBC_PING2.
create table jgroups (
    address varchar(200) not null primary key,
    name varchar(200),
    cluster varchar(200) not null,
    ip varchar(200) not null,
    coord boolean
);
