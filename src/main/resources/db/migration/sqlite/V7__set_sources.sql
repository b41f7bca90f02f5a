-- The sources of sets that came over HTTP; sources: JSON with secrets, as SetSources writes it.
create table set_source (
    set_name text not null primary key,
    sources text not null,
    checksum integer not null
) without rowid;
