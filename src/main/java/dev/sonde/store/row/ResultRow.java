package dev.sonde.store.row;

import dev.sonde.probe.finding.AttemptResult;
import dev.sonde.probe.finding.Outcome;
import dev.sonde.probe.finding.PhaseTime;
import dev.sonde.probe.finding.ProbeResult;
import dev.sonde.probe.spec.Phase;
import dev.sonde.store.access.ResultKeys;
import dev.sonde.store.buffer.WaitingResult;
import dev.sonde.store.bytes.Micros;
import dev.sonde.store.bytes.OutcomeNumber;
import dev.sonde.store.bytes.ResultCodec;
import java.time.Instant;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// The columns of a result that is written.
public final class ResultRow {

    private static final String INSERT =
            """
            insert into result ({id}, probe_id, outcome, reason, connect_micros, started_at,
                replica, body)
            values ({values}?, ?, ?, ?, ?, ?, ?)""";

    private ResultRow() {}

    /// The statement that takes what [#of] makes.
    public static String insert(ResultKeys keys) {
        String columns = keys.idColumns();
        return INSERT.replace("{id}", columns)
                .replace("{values}", "?, ".repeat(columns.split(",", -1).length));
    }

    public static @Nullable Object[] of(ResultKeys keys, WaitingResult waiting) {
        ProbeResult result = waiting.result();
        Object[] id = keys.idValues(result.id());
        @Nullable Object[] row = Arrays.copyOf(id, id.length + 7);
        Outcome outcome = result.outcome();
        int next = id.length;
        row[next++] = waiting.key();
        row[next++] = OutcomeNumber.number(outcome);
        row[next++] = outcome instanceof Outcome.Succeeded ? null : outcome.reasonLabel();
        row[next++] = connectMicros(result.deciding());
        row[next++] = offTheClock(result);
        row[next++] = result.replica();
        row[next] = waiting.body();
        return row;
    }

    private static @Nullable Long connectMicros(AttemptResult attempt) {
        for (PhaseTime phase : attempt.phases()) {
            if (phase.phase() == Phase.CONNECT) {
                return TimeUnit.NANOSECONDS.toMicros(phase.tookNanos());
            }
        }
        return null;
    }

    /// When it started, where that is not the time in its id.
    private static @Nullable Long offTheClock(ProbeResult result) {
        Instant startedAt = result.startedAt();
        return startedAt.toEpochMilli() == ResultCodec.timeOf(result.id()).toEpochMilli()
                ? null
                : (Long) Micros.of(startedAt);
    }
}
