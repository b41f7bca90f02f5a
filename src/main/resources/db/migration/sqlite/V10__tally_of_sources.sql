-- The sources of sets count in the tally too: a row that vanishes leaves a difference.
insert into tally (kind, number, checksums)
    select 'source', count(*), coalesce(sum(checksum), 0) from set_source;

create trigger source_added after insert on set_source begin
    update tally set number = number + 1, checksums = checksums + new.checksum
        where kind = 'source';
end;
create trigger source_removed after delete on set_source begin
    update tally set number = number - 1, checksums = checksums - old.checksum
        where kind = 'source';
end;
create trigger source_changed after update on set_source begin
    update tally set checksums = checksums - old.checksum + new.checksum where kind = 'source';
end;
