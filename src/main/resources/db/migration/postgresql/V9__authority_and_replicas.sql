-- Keys and certificates of the built-in authority, encrypted (AES-256-GCM). name: empty for the
-- authority's own. key_id: the first 64 bits of the SHA-256 of the key that encrypted the body (Base64).
create table authority_material (
    name varchar(63) collate "C" not null primary key,
    key_id varchar(16) collate "C" not null,
    body text not null
);

-- Replicas that reach this database: each writes its row twice a second, with the database's clock.
create table replica_seen (
    member uuid not null primary key,
    name varchar(255) not null,
    at timestamptz not null
);
