-- Every start of a replica. tag: the last 16 bits of the ids that it gives. forward: where the others
-- forward requests to; null without TLS between replicas.
create table replica_address (
    member uuid not null primary key,
    tag integer not null,
    name varchar(255) not null,
    forward varchar(300),
    started_at bigint not null
);
create index replica_address_tag on replica_address (tag);
