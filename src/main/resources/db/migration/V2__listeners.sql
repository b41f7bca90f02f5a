-- The same statements on H2 and on PostgreSQL.

-- definition: JSON, so that it can grow. address: where it listened last.
create table listener (
    name varchar(63) not null primary key,
    definition text not null,
    since timestamp(6) with time zone not null,
    paused boolean not null,
    address varchar(80)
);
