package dev.sonde.store;

import dev.sonde.memory.HeapShare;
import dev.sonde.store.buffer.HistoryBuffer;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;

/// Saves a definition and a result at a time, and says so on its output, until it is killed.
final class KillVictim {

    static final String ACKNOWLEDGED = "acknowledged ";

    private KillVictim() {}

    static void main(String[] args) {
        TestDatabase db = TestDatabase.sqlite(Path.of(args[0]));
        SqlProbeStore probes = new SqlProbeStore(db.database, db.ids());
        ResultWriter writer =
                new ResultWriter(
                        new HistoryTables(db.database, db.rollups(), db.presented()),
                        db.ids(),
                        Clock.systemUTC(),
                        new HistoryBuffer.Limits(1_000, new HeapShare("buffer", 1L << 30)),
                        Duration.ofMillis(10));
        for (int i = 0; ; i++) {
            probes.save(List.of(Samples.definition("probe-" + i)), List.of());
            writer.accept(Samples.result("probe-" + i, i));
            if (writer.writeBatch()) {
                IO.println(ACKNOWLEDGED + i);
            }
        }
    }
}
