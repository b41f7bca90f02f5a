-- The same statements on H2 and on PostgreSQL.

-- A dialogue may have much to say.
alter table probe alter column settings set data type varchar(1000000);
