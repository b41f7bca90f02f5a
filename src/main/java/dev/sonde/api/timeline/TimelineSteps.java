package dev.sonde.api.timeline;

import dev.sonde.probe.finding.AttemptResult;
import dev.sonde.probe.finding.Evidence;
import dev.sonde.probe.finding.FailureReason;
import dev.sonde.probe.finding.NameEvidence;
import dev.sonde.probe.finding.Outcome;
import dev.sonde.probe.finding.PhaseTime;
import dev.sonde.probe.finding.TimelineEvent;
import dev.sonde.probe.path.PathReport;
import dev.sonde.probe.spec.Phase;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/// The steps of an attempt for a sequence diagram. Each step is between two of the client, its
/// kernel, the network, the peer, and the peer's listener.
///
/// The events are the prober's. The steps on the wire between them follow from the evidence and the
/// reports. A step that is only inferred carries no time. Only segments are drawn that were sent.
final class TimelineSteps {

    private final AttemptResult attempt;
    private final String host;
    private final StepList steps = new StepList();
    private final boolean isHalfOpen;
    private boolean isHandshakeDrawn;

    private TimelineSteps(AttemptResult attempt, String host) {
        this.attempt = attempt;
        this.host = host;
        this.isHalfOpen =
                attempt.timeline().stream()
                        .anyMatch(event -> event.kind() == TimelineEvent.Kind.ACK_WITHHELD);
    }

    /// @param host of the target
    static List<DiagramStep<Party>> of(AttemptResult attempt, String host) {
        TimelineSteps drawn = new TimelineSteps(attempt, host);
        drawn.before();
        drawn.events();
        drawn.path();
        return drawn.steps.all();
    }

    private void before() {
        for (PhaseTime phase : attempt.phases()) {
            String took = Figures.time(phase.tookNanos() / 1_000);
            if (phase.phase() == Phase.QUEUE) {
                steps.inferred(Party.CLIENT, Party.CLIENT, "waited for its turn: " + took);
            } else if (phase.phase() == Phase.RESOLVE && !isUnresolved()) {
                steps.inferred(Party.CLIENT, Party.CLIENT, "looked up " + host + ": " + took);
            }
        }
        if (isUnresolved()) {
            addLookUp();
        }
        if (attempt.timeline().isEmpty() && !isUnresolved()) {
            steps.inferred(
                    Party.CLIENT,
                    Party.CLIENT,
                    words(attempt.outcome().reasonLabel()) + ": no SYN was sent",
                    DiagramStep.Fate.HARMS);
        }
    }

    /// A look-up without an address; without arrows where no query was sent for it.
    private void addLookUp() {
        String reason = attempt.outcome().reasonLabel();
        if (isQuerySent()) {
            steps.inferred(Party.CLIENT, Party.NAMES, "look-up of " + host);
            steps.inferred(Party.NAMES, Party.CLIENT, reason, lookUpFate());
        } else {
            steps.inferred(
                    Party.CLIENT,
                    Party.CLIENT,
                    reason + ": no query was sent",
                    DiagramStep.Fate.HARMS);
        }
    }

    /// A name that cannot exist has no time of a look-up, and a reused answer has no query.
    private boolean isQuerySent() {
        NameEvidence lookup = attempt.lookup();
        return lookup == null
                ? attempt.phases().stream().anyMatch(phase -> phase.phase() == Phase.RESOLVE)
                : lookup.source() != NameEvidence.Source.HOSTS_FILE
                        && !Boolean.TRUE.equals(lookup.fromCache());
    }

    /// Whether the look-up is where it ended.
    private boolean isUnresolved() {
        return attempt.timeline().isEmpty() && attempt.outcome().phase() == Phase.RESOLVE;
    }

    private DiagramStep.Fate lookUpFate() {
        return attempt.outcome() instanceof Outcome.Failed(var reason, _, _)
                        && reason.label().endsWith("timed_out")
                ? DiagramStep.Fate.IS_LOST
                : DiagramStep.Fate.HARMS;
    }

    private void events() {
        ClientSteps client = new ClientSteps(attempt, steps, this::addHandshake);
        List<TimelineEvent> timeline = attempt.timeline();
        for (int i = 0; i < timeline.size(); i++) {
            TimelineEvent event = timeline.get(i);
            switch (event.side()) {
                case CLIENT -> client.add(event, timeline.subList(i + 1, timeline.size()));
                case LISTENER -> {
                    // What the listener sees has been preceded by the final ACK.
                    addHandshake();
                    ListenerSteps.add(event, steps);
                }
                case UPSTREAM -> steps.add(UpstreamSteps.of(event));
            }
        }
        steps.finIfAny();
    }

    private void path() {
        PathReport path = attempt.path();
        if (path != null) {
            PathSteps.of(path).forEach(steps::add);
        }
    }

    private void addHandshake() {
        if (!isHandshakeDrawn) {
            isHandshakeDrawn = true;
            steps.inferred(Party.PEER, Party.KERNEL, "SYN-ACK" + roundTrip());
            if (!isHalfOpen) {
                steps.inferred(Party.KERNEL, Party.PEER, "ACK", fateOfAck());
            }
        }
    }

    /// A peer that repeats its SYN-ACK has not got the ACK, or has no room for the connection.
    private DiagramStep.Fate fateOfAck() {
        return attempt.outcome() instanceof Outcome.Failed(FailureReason reason, _, _)
                        && reason == FailureReason.HALF_ESTABLISHED
                ? DiagramStep.Fate.IS_LOST
                : DiagramStep.Fate.ARRIVES;
    }

    private String roundTrip() {
        Evidence evidence = attempt.evidence();
        Long rtt = evidence.rttMicros();
        if (rtt == null) {
            return "";
        }
        boolean isCoarse = Objects.equals(evidence.rttCoarse(), true);
        return " (RTT " + (isCoarse ? "about " : "") + Figures.time(rtt) + ")";
    }

    /// A word of a closed list as a part of a sentence.
    static String words(String label) {
        return label.toLowerCase(Locale.ROOT).replace('_', ' ').replaceFirst("^tls\\b", "TLS");
    }

    /// The words of an event without an arrow of its own: `TLS established`.
    static String words(TimelineEvent event) {
        String words = words(event.kind().label());
        return event.count() == null ? words : words + " (" + event.count() + ")";
    }

    /// The time that an event may have waited for the event loop. None waits from before the
    /// connect.
    static String lag(TimelineEvent event) {
        Long longest = event.lagMicros();
        long lag = longest == null ? 0 : Math.min(longest, event.atMicros());
        return lag <= 0 ? "" : " (seen up to " + Figures.time(lag) + " late)";
    }
}
