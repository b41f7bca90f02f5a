package dev.sonde.store;

import dev.sonde.probe.finding.ProbeResult;
import dev.sonde.store.bytes.ResultCodec;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/// PostgreSQL: results are in partitions of a day. A partition is made a day ahead, or with the
/// first result of its day. It is dropped as a whole.
final class PostgresDialect implements Dialect {

    private final Clock clock;

    private final ResultPartitions partitions = new ResultPartitions();

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
        partitions.make(database, results.stream().map(it -> ResultCodec.timeOf(it.id())));
    }

    @Override
    public void refused() {
        partitions.forget();
    }

    /// Drops what is wholly older. A retention that is shorter than a partition removes rows too.
    @Override
    public void removeOlder(Database database, Instant limit) {
        Instant now = clock.instant();
        partitions.make(database, Stream.of(now, now.plus(Duration.ofDays(1))));
        partitions.dropOlder(database, limit);
        if (limit.isAfter(now.minus(Duration.ofDays(1)))) {
            Dialect.removeOldRows(database, key(ResultCodec.firstId(limit)));
        }
    }

    @Override
    public long usedBytes(Database database) {
        return partitions.usedBytes(database);
    }

    /// Drops the oldest day that has results, but never the present one.
    @Override
    public long removeOldest(Database database) {
        return partitions.dropOldest(database, clock.instant());
    }
}
