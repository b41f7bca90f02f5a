-- Keys and certificates of the built-in authority, encrypted (AES-256-GCM). name: empty for the
-- authority's own. key_id: the first 64 bits of the SHA-256 of the key that encrypted the body (Base64).
create table authority_material (
    name text not null primary key,
    key_id text not null,
    body text not null
) without rowid;
