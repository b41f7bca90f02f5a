-- The sources of sets that came over HTTP; sources: JSON with secrets, as SetSources writes it.
create table set_source (
    set_name varchar(63) collate "C" not null primary key,
    sources text not null,
    checksum bigint not null
);

-- The replica that applies a set which several read from files, as long as until is to come.
create table set_lease (
    set_name varchar(63) collate "C" not null primary key,
    replica varchar(255) not null,
    until timestamptz not null
);
