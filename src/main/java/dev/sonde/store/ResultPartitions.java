package dev.sonde.store;

import dev.sonde.store.bytes.ResultCodec;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The partitions of results on PostgreSQL, one for each day in UTC. Safe for any thread.
final class ResultPartitions {

    private static final String PREFIX = "result_";
    private static final DateTimeFormatter DAY = DateTimeFormatter.BASIC_ISO_DATE;

    /// The key of the advisory lock under which one replica at a time makes or drops partitions.
    private static final long LOCK = 0x736f6e6465L;

    private static final String PARTITIONS =
            """
            select c.relname from pg_inherits i join pg_class c on c.oid = i.inhrelid
            where i.inhparent = 'result'::regclass order by 1""";

    /// Days with partitions, as far as this process knows.
    private final Set<LocalDate> made = ConcurrentHashMap.newKeySet();

    /// Makes the partitions of some instants where they are missing.
    void make(Database database, Stream<Instant> instants) {
        Set<LocalDate> days =
                instants.map(ResultPartitions::day).collect(Collectors.toCollection(TreeSet::new));
        days.removeAll(made);
        days.forEach(day -> make(database, day));
    }

    /// Partitions may be gone, so each is made anew.
    void forget() {
        made.clear();
    }

    /// Drops the partitions of days that ended before an instant.
    void dropOlder(Database database, Instant limit) {
        names(database).stream()
                .filter(name -> isOlder(name, limit))
                .forEach(name -> drop(database, name));
    }

    /// Bytes of all partitions, with their indexes.
    long usedBytes(Database database) {
        return names(database).stream().mapToLong(name -> bytes(database, name)).sum();
    }

    private static List<String> names(Database database) {
        return database.client()
                .sql(PARTITIONS)
                .query((row, _) -> String.valueOf(row.getString(1)))
                .list();
    }

    private static long bytes(Database database, String partition) {
        return database.client()
                .sql("select coalesce(pg_total_relation_size(to_regclass(?)), 0)")
                .param(partition)
                .query(Long.class)
                .single();
    }

    /// Drops the oldest day that has results, but never the present one.
    ///
    /// @return how many results it had; 0 where there is none
    long dropOldest(Database database, Instant now) {
        String today = name(day(now));
        List<String> older =
                names(database).stream()
                        .filter(name -> name.compareTo(today) < 0)
                        .sorted()
                        .toList();
        for (String name : older) {
            long rows =
                    database.client()
                            .sql("select count(*) from " + name)
                            .query(Long.class)
                            .single();
            drop(database, name);
            if (rows > 0) {
                return rows;
            }
        }
        return 0;
    }

    private void make(Database database, LocalDate day) {
        String statement =
                "create table if not exists %s partition of result for values from ('%s') to ('%s')"
                        .formatted(name(day), first(day), first(day.plusDays(1)));
        alter(database, statement);
        made.add(day);
    }

    private void drop(Database database, String name) {
        alter(database, "drop table if exists " + name);
        made.clear();
    }

    /// A long wait for a lock would delay all later statements.
    private static void alter(Database database, String statement) {
        database.inTransaction(
                jdbc -> {
                    jdbc.execute("set local lock_timeout = '5s'");
                    jdbc.query("select pg_advisory_xact_lock(" + LOCK + ")", _ -> {});
                    jdbc.execute(statement);
                });
    }

    private static boolean isOlder(String name, Instant limit) {
        LocalDate day = LocalDate.parse(name.substring(PREFIX.length()), DAY);
        return !day.plusDays(1).atStartOfDay().toInstant(ZoneOffset.UTC).isAfter(limit);
    }

    private static LocalDate day(Instant at) {
        return at.atZone(ZoneOffset.UTC).toLocalDate();
    }

    private static String name(LocalDate day) {
        return PREFIX + DAY.format(day);
    }

    private static UUID first(LocalDate day) {
        return ResultCodec.firstId(day.atStartOfDay().toInstant(ZoneOffset.UTC));
    }
}
