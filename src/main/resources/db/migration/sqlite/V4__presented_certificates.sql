-- The latest chain that an address presented to a probe. place: 0 is the peer's own. Validity in
-- seconds, seen_at in microseconds since 1970. verified: 1, 0, or null where nothing was verified.
create table presented_certificate (
    probe_id integer not null,
    address text not null,
    place integer not null,
    target text not null,
    subject text not null,
    issuer text not null,
    not_before integer not null,
    not_after integer not null,
    verified integer,
    reason text,
    seen_at integer not null,
    primary key (probe_id, address, place)
);
create index presented_by_end on presented_certificate (not_after);
