package dev.sonde.attempt;

import dev.sonde.kernel.Errno;
import dev.sonde.probe.CloseMode;
import dev.sonde.probe.FloodSettings;
import dev.sonde.probe.HoldSettings;
import dev.sonde.probe.ObserveSettings;
import dev.sonde.probe.Phase;
import dev.sonde.probe.PhaseTime;
import dev.sonde.probe.ProbeSettings;
import dev.sonde.probe.StepReport;
import dev.sonde.probe.StepSettings;
import dev.sonde.probe.TlsSettings;
import dev.sonde.tls.TlsClients;
import dev.sonde.tls.TlsConnection;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The steps of one attempt, one after the other. Confined to its loop's thread.
///
/// A step's phase begins where the one before it ended, so that the phases add up.
final class Steps {

    private final Connection connection;
    private final TlsClients clients;
    private final ProbeSettings settings;
    private final List<PhaseTime> phases = new ArrayList<>(2);
    private final List<StepReport> reports = new ArrayList<>(2);
    private final StringBuilder remarks = new StringBuilder();
    private Step step;
    private int number;
    private boolean hasEnded;
    private boolean hasTakenLeave;
    private long sinceNanos;

    /// @param settings of at least one step
    /// @param sinceNanos when the connect was over
    Steps(Connection connection, TlsClients clients, ProbeSettings settings, long sinceNanos) {
        this.connection = connection;
        this.clients = clients;
        this.settings = settings;
        this.sinceNanos = sinceNanos;
        this.step = start(settings.steps().getFirst());
    }

    /// How the whole goes on: passed when the last step has.
    Step.Progress begin() throws IOException {
        return goOn(step.begin());
    }

    Step.Progress onReady(int readyOps) throws IOException {
        return goOn(step.onReady(readyOps));
    }

    Step.Progress onDeadline() throws IOException {
        return goOn(step.onDeadline());
    }

    Step.Progress onError(Errno errno) throws IOException {
        return goOn(step.onError(errno));
    }

    /// The step that runs, or ran last.
    Phase phase() {
        return step.phase();
    }

    /// Ends the step that runs.
    void end() {
        if (!hasEnded) {
            hasEnded = true;
            long nowNanos = connection.nowNanos();
            phases.add(new PhaseTime(step.phase(), nowNanos - sinceNanos));
            StepReport report = step.end();
            if (report != null) {
                reports.add(report);
            }
            sinceNanos = nowNanos;
        }
    }

    /// Those that have ended.
    List<PhaseTime> phases() {
        return phases;
    }

    List<StepReport> reports() {
        return reports;
    }

    private Step.Progress goOn(Step.Progress progress) throws IOException {
        Step.Progress now = progress;
        while (now instanceof Step.Progress.Passed(String remark)) {
            note(remark);
            end();
            Step next = next();
            if (next == null) {
                return new Step.Progress.Passed(remarks.isEmpty() ? null : remarks.toString());
            }
            step = next;
            hasEnded = false;
            now = step.begin();
        }
        if (now instanceof Step.Progress.Waiting waiting) {
            connection.interest(waiting.ops());
        }
        return now;
    }

    /// After the last step a TLS peer is taken leave of, unless a RST is to end it.
    private @Nullable Step next() {
        number++;
        if (number < settings.steps().size()) {
            return start(settings.steps().get(number));
        }
        if (settings.close() == CloseMode.FIN
                && !hasTakenLeave
                && connection.bytes() instanceof TlsConnection tls) {
            hasTakenLeave = true;
            return new GoodbyeStep(connection, tls);
        }
        return null;
    }

    private void note(@Nullable String remark) {
        if (remark != null) {
            remarks.append(remarks.isEmpty() ? "" : "; ").append(remark);
        }
    }

    private Step start(StepSettings wanted) {
        return switch (wanted) {
            case TlsSettings tls -> new TlsStep(connection, tls, clients);
            case ObserveSettings observe -> new ObserveStep(connection, observe);
            case HoldSettings hold -> new HoldStep(connection, hold);
            case FloodSettings flood -> new FloodStep(connection, flood);
        };
    }
}
