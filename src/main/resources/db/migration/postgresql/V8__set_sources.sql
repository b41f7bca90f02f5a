-- The sources of sets that came over HTTP; sources: JSON with secrets, as SetSources writes it.
create table set_source (
    set_name varchar(63) collate "C" not null primary key,
    sources text not null,
    checksum bigint not null
);
