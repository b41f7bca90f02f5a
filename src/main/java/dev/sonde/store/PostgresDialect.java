package dev.sonde.store;

import dev.sonde.probe.finding.ProbeResult;
import dev.sonde.store.bytes.ResultCodec;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/// PostgreSQL: results are in partitions of a day. A partition is made a day ahead, or with the
/// first result of its day. It is dropped as a whole.
final class PostgresDialect implements Dialect {

    private static final String PREFIX = "result_";
    private static final DateTimeFormatter DAY = DateTimeFormatter.BASIC_ISO_DATE;

    /// The key of the advisory lock under which one replica at a time makes or drops partitions.
    private static final long LOCK = 0x736f6e6465L;

    private static final String PARTITIONS =
            """
            select c.relname from pg_inherits i join pg_class c on c.oid = i.inhrelid
            where i.inhparent = 'result'::regclass order by 1""";

    private final Clock clock;

    /// Days with partitions, as far as this process knows.
    private final Set<LocalDate> made = ConcurrentHashMap.newKeySet();

    PostgresDialect(Clock clock) {
        this.clock = clock;
    }

    @Override
    public String idColumns() {
        return "id";
    }

    @Override
    public Object[] idValues(UUID id) {
        return new Object[] {id};
    }

    @Override
    public Object key(UUID id) {
        return id;
    }

    @Override
    public String isOfThisProbe() {
        return "r.id >= cast(lpad(to_hex(p.first_id), 16, '0') || repeat('0', 16) as uuid)";
    }

    @Override
    public UUID id(ResultSet row) throws SQLException {
        return row.getObject("id", UUID.class);
    }

    @Override
    public UUID transitionId(ResultSet row) throws SQLException {
        return id(row);
    }

    @Override
    public void prepare(Database database, List<ProbeResult> results) {
        Set<LocalDate> days = new TreeSet<>();
        for (ProbeResult result : results) {
            days.add(day(ResultCodec.timeOf(result.id())));
        }
        days.removeAll(made);
        days.forEach(day -> make(database, day));
    }

    @Override
    public void refused() {
        made.clear();
    }

    /// Drops what is wholly older. A retention that is shorter than a partition removes rows too.
    @Override
    public void removeOlder(Database database, Instant limit) {
        LocalDate today = day(clock.instant());
        for (LocalDate day : List.of(today, today.plusDays(1))) {
            if (!made.contains(day)) {
                make(database, day);
            }
        }
        database.client().sql(PARTITIONS).query(String.class).list().stream()
                .filter(name -> isOlder(name, limit))
                .forEach(name -> drop(database, name));
        if (limit.isAfter(clock.instant().minus(Duration.ofDays(1)))) {
            Dialect.removeOldRows(database, key(ResultCodec.firstId(limit)));
        }
    }

    @Override
    public long usedBytes(Database database) {
        return database.client().sql(PARTITIONS).query(String.class).list().stream()
                .mapToLong(name -> bytes(database, name))
                .sum();
    }

    private static long bytes(Database database, String partition) {
        return database.client()
                .sql("select coalesce(pg_total_relation_size(to_regclass(?)), 0)")
                .param(partition)
                .query(Long.class)
                .single();
    }

    /// Drops the oldest day that has results, but never the present one.
    @Override
    public long removeOldest(Database database) {
        String today = name(day(clock.instant()));
        List<String> older =
                database
                        .client()
                        .sql(PARTITIONS)
                        .query((row, _) -> String.valueOf(row.getString(1)))
                        .list()
                        .stream()
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
