-- The latest chain that an address presented to a probe. place: 0 is the peer's own. Validity in
-- seconds, seen_at in microseconds since 1970. verified: 1, 0, or null where nothing was verified.
create table presented_certificate (
    probe_id bigint not null,
    address varchar(80) not null,
    place bigint not null,
    target text not null,
    subject text not null,
    issuer text not null,
    not_before bigint not null,
    not_after bigint not null,
    verified smallint,
    reason varchar(40),
    seen_at bigint not null,
    primary key (probe_id, address, place)
);
create index presented_by_end on presented_certificate (not_after);
