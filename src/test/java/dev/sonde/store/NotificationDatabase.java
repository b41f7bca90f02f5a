package dev.sonde.store;

import dev.sonde.history.RunRecorder;
import dev.sonde.notification.message.NotificationStore;
import dev.sonde.probe.finding.Outcome;
import dev.sonde.probe.finding.ProbeState;
import dev.sonde.probe.finding.Transition;
import dev.sonde.probe.keeping.ResultIds;
import dev.sonde.store.buffer.IdentifiedTransition;
import dev.sonde.store.notification.SqlNotificationStore;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/// A database in which probes change their states, as the writer of a service would write it.
public final class NotificationDatabase implements AutoCloseable {

    /// The conditions that a degraded probe missed.
    public static final String MISSED = "rtt is 31ms, expected <20ms";

    private final TestDatabase db;
    private final ResultIds ids;
    private final HistoryTables tables;
    private final SqlProbeStore probes;

    NotificationDatabase(TestDatabase db) {
        this.db = db;
        this.ids = db.ids();
        this.tables = new HistoryTables(db.database, db.rollups(), db.presented());
        this.probes = new SqlProbeStore(db.database, ids, new RunRecorder());
    }

    public static NotificationDatabase sqlite(Path directory) {
        return new NotificationDatabase(TestDatabase.sqlite(directory));
    }

    public NotificationStore store() {
        return new SqlNotificationStore(db.database);
    }

    public ResultIds ids() {
        return ids;
    }

    public void define(String... names) {
        probes.change(
                java.util.stream.Stream.of(names).map(Samples::definition).toList(),
                List.of(),
                List.of());
    }

    public void delete(String name) {
        probes.change(List.of(), List.of(), List.of(name));
    }

    /// A probe changes its state now, with the run that began the row.
    public void become(String probe, ProbeState from, ProbeState to) {
        Instant now = Instant.now();
        Outcome outcome = to == ProbeState.DOWN ? Samples.REFUSED : Samples.SUCCEEDED;
        UUID id = ids.next(now);
        Transition.Row row = new Transition.Row(id, now, outcome, 1, false);
        Transition.Cause cause =
                to == ProbeState.PAUSED
                        ? Transition.Cause.PAUSED
                        : new Transition.Cause(
                                id,
                                outcome.reasonLabel(),
                                to == ProbeState.DEGRADED ? MISSED : null,
                                row);
        tables.write(
                List.of(),
                List.of(
                        new IdentifiedTransition(
                                ids.next(now), new Transition(probe, from, to, now, cause), 0)));
    }

    @Override
    public void close() {
        db.close();
    }
}
