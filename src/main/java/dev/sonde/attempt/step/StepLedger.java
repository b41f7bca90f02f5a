package dev.sonde.attempt.step;

import dev.sonde.probe.finding.PhaseTime;
import dev.sonde.probe.finding.StepReport;
import dev.sonde.probe.spec.Phase;
import java.util.ArrayList;
import java.util.List;

/// The times and reports of the steps of one attempt that have ended. Confined to its loop's
/// thread.
final class StepLedger {

    private final Connection connection;
    private final List<PhaseTime> phases = new ArrayList<>(2);
    private final List<StepReport> reports = new ArrayList<>(2);
    private long sinceNanos;

    /// @param sinceNanos end of the connect
    StepLedger(Connection connection, long sinceNanos) {
        this.connection = connection;
        this.sinceNanos = sinceNanos;
    }

    /// A phase that was interrupted by another step has one time.
    void addTime(Phase phase) {
        long nowNanos = connection.nowNanos();
        long tookNanos = nowNanos - sinceNanos;
        sinceNanos = nowNanos;
        for (int i = 0; i < phases.size(); i++) {
            if (phases.get(i).phase() == phase) {
                long before = phases.get(i).tookNanos();
                phases.set(i, new PhaseTime(phase, before + tookNanos));
                return;
            }
        }
        phases.add(new PhaseTime(phase, tookNanos));
    }

    void addReport(Step ended) {
        StepReport report = ended.end();
        if (report != null) {
            reports.add(report);
        }
    }

    List<PhaseTime> phases() {
        return phases;
    }

    List<StepReport> reports() {
        return reports;
    }
}
