package dev.sonde.store.rollup;

import dev.sonde.history.RunRecorder;
import dev.sonde.probe.finding.ProbeResult;
import dev.sonde.store.bytes.ResultCodec;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;

/// The runs that a crash left out of the roll-ups, on their way from the raw results into memory.
/// For one thread.
public final class RollupBackfill {

    private final RawRuns raw;
    private final RunRecorder recorder;
    private final UUID to;
    private UUID after;
    private boolean isDone;

    /// @param marks the ends of the groups' runs in the rows, seconds since 1970
    /// @param to the latest raw result that may be missing in the rows
    public RollupBackfill(RawRuns raw, RunRecorder recorder, long[] marks, UUID to) {
        this.raw = raw;
        this.recorder = recorder;
        this.to = to;
        this.after =
                ResultCodec.firstId(Instant.ofEpochSecond(Arrays.stream(marks).min().orElse(0)));
    }

    public boolean isDone() {
        return isDone;
    }

    /// Reads one page of raw results.
    ///
    /// @param marks the present ones
    public void step(long[] marks) {
        List<ProbeResult> results = raw.page(after, to);
        for (ProbeResult result : results) {
            String probe = result.probe();
            if (probe != null
                    && result.startedAt().getEpochSecond() >= marks[RunRecorder.groupOf(probe)]) {
                recorder.record(result, raw);
            }
        }
        if (results.size() < RawRuns.AT_ONCE) {
            isDone = true;
        } else {
            after = results.getLast().id();
        }
    }
}
