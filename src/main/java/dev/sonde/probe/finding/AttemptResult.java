package dev.sonde.probe.finding;

import dev.sonde.probe.path.Asked;
import dev.sonde.probe.path.Findings;
import dev.sonde.probe.path.PathReport;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The result of one attempt at one address.
///
/// @param remote the address connected to; absent when it was never known
/// @param local our own end; absent when no connection was made
/// @param phases in order, each at most once; their sum is the attempt's whole duration
/// @param evidence kernel data of the socket
/// @param timeline events, oldest first; empty without a connect
/// @param reports reports of the steps after the connect, in their order
/// @param connectAtNanos when connect was called, on the loops' ticker: the zero of the timeline.
///     Absent without a connect, and in results of an earlier process
/// @param path to the address; absent where it was not asked for
/// @param lookup evidence of the look-up of the name; absent for a literal
public record AttemptResult(
        @Nullable InetSocketAddress remote,
        @Nullable InetSocketAddress local,
        Outcome outcome,
        List<PhaseTime> phases,
        Evidence evidence,
        List<TimelineEvent> timeline,
        List<StepReport> reports,
        @Nullable Long connectAtNanos,
        @Nullable PathReport path,
        @Nullable NameEvidence lookup) {

    public AttemptResult {
        phases = phases instanceof PhaseTime.PlainPhases ? phases : List.copyOf(phases);
        timeline =
                timeline instanceof TimelineEvent.PlainTimeline ? timeline : List.copyOf(timeline);
        reports = List.copyOf(reports);
    }

    /// An attempt whose path was not asked for.
    public AttemptResult(
            @Nullable InetSocketAddress remote,
            @Nullable InetSocketAddress local,
            Outcome outcome,
            List<PhaseTime> phases,
            Evidence evidence,
            List<TimelineEvent> timeline,
            List<StepReport> reports,
            @Nullable Long connectAtNanos) {
        this(
                remote,
                local,
                outcome,
                phases,
                evidence,
                timeline,
                reports,
                connectAtNanos,
                null,
                null);
    }

    /// A connect with nothing after it, of which only its times since its start are known.
    public AttemptResult(
            @Nullable InetSocketAddress remote,
            @Nullable InetSocketAddress local,
            Outcome outcome,
            List<PhaseTime> phases,
            Evidence evidence,
            List<TimelineEvent> timeline) {
        this(remote, local, outcome, phases, evidence, timeline, List.of(), null);
    }

    /// An attempt that never came to a connect.
    public static AttemptResult unconnected(
            @Nullable InetSocketAddress remote, Outcome outcome, List<PhaseTime> phases) {
        return new AttemptResult(remote, null, outcome, phases, Evidence.NONE, List.of());
    }

    public AttemptResult withTimeline(List<TimelineEvent> other) {
        return copy(evidence, other, path, lookup);
    }

    /// The same with further answers.
    public AttemptResult withFindings(Findings findings) {
        List<Asked> asked = new ArrayList<>(evidence.asked());
        asked.addAll(findings.asked());
        return withQuestions(asked, findings.path() == null ? path : findings.path());
    }

    /// The same with what was asked beyond the probe.
    ///
    /// @param found absent where the path was not asked for
    public AttemptResult withQuestions(List<Asked> asked, @Nullable PathReport found) {
        return copy(evidence.withAsked(asked), timeline, found, lookup);
    }

    /// The same with evidence of the look-up.
    public AttemptResult withLookup(@Nullable NameEvidence found) {
        return found == null ? this : copy(evidence, timeline, path, found);
    }

    /// The same with the begin of its connect on the loops' ticker.
    public AttemptResult withConnectAt(@Nullable Long nanos) {
        return new AttemptResult(
                remote, local, outcome, phases, evidence, timeline, reports, nanos, path, lookup);
    }

    /// The only place that copies the fields that never change.
    private AttemptResult copy(
            Evidence account,
            List<TimelineEvent> events,
            @Nullable PathReport way,
            @Nullable NameEvidence names) {
        return new AttemptResult(
                remote,
                local,
                outcome,
                phases,
                account,
                events,
                reports,
                connectAtNanos,
                way,
                names);
    }

    AttemptResult withoutDetails() {
        List<TimelineEvent> note =
                List.of(TimelineEvent.client(0, TimelineEvent.Kind.DETAILS_DROPPED));
        return new AttemptResult(
                remote, local, outcome, phases, evidence, note, List.of(), connectAtNanos);
    }

    /// From submit to outcome: the sum of the phases.
    public long tookNanos() {
        long sum = 0;
        for (PhaseTime phase : phases) {
            sum += phase.tookNanos();
        }
        return sum;
    }
}
