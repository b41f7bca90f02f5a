package dev.sonde.api.timeline;

import static dev.sonde.api.timeline.Party.CLIENT;
import static dev.sonde.api.timeline.Party.KERNEL;
import static dev.sonde.api.timeline.Party.NETWORK;
import static dev.sonde.api.timeline.Party.PEER;

import dev.sonde.api.timeline.DiagramStep.Fate;
import dev.sonde.probe.finding.Evidence;
import dev.sonde.probe.finding.IcmpMessage;
import dev.sonde.probe.finding.TimelineEvent;

/// The steps of a connect, its SYNs and its error, as far as the kernel's evidence shows them. For
/// one thread.
final class ConnectSteps {

    private final Evidence evidence;
    private final StepList steps;
    private final Runnable handshake;

    /// @param handshake draws the rest of TCP's handshake, once
    ConnectSteps(Evidence evidence, StepList steps, Runnable handshake) {
        this.evidence = evidence;
        this.steps = steps;
        this.handshake = handshake;
    }

    void add(TimelineEvent event) {
        long at = event.atMicros();
        switch (event.kind()) {
            case CONNECT_CALLED -> {
                steps.at(at, CLIENT, KERNEL, "connect()");
                steps.inferred(KERNEL, reached(), "SYN", synFate());
            }
            case SYN_RETRANSMITTED -> {
                String label = "SYN again (" + event.count() + ")";
                steps.add(new DiagramStep<>(at, KERNEL, reached(), label, synFate()));
            }
            case CONNECT_READY -> {
                handshake.run();
                steps.at(at, KERNEL, CLIENT, "writable" + TimelineSteps.lag(event));
            }
            case CONNECT_FINISHED -> steps.at(at, CLIENT, KERNEL, "SO_ERROR is 0");
            default -> steps.at(at, KERNEL, KERNEL, "ACK withheld");
        }
    }

    /// The error that ended the connect or the connection, with its cause.
    void error(TimelineEvent event) {
        IcmpMessage icmp = evidence.icmp();
        if (icmp != null) {
            String from = icmp.from() == null ? "" : " from " + icmp.from();
            steps.inferred(
                    NETWORK,
                    KERNEL,
                    "ICMP %d/%d%s".formatted(icmp.type(), icmp.code(), from),
                    Fate.HARMS);
        } else if (evidence.refusedBy() == Evidence.RefusedBy.RST || isReset(event)) {
            steps.reset();
        }
        steps.gone();
        steps.badAt(event.atMicros(), KERNEL, CLIENT, event.errno() + TimelineSteps.lag(event));
    }

    private static boolean isReset(TimelineEvent event) {
        return "ECONNRESET".equals(event.errno()) || "EPIPE".equals(event.errno());
    }

    /// The reach of the SYN, as far as this host can know.
    private Party reached() {
        return isAnswered() && evidence.icmp() == null ? PEER : NETWORK;
    }

    private Fate synFate() {
        return isAnswered() ? Fate.ARRIVES : Fate.IS_LOST;
    }

    private boolean isAnswered() {
        return evidence.state() != Evidence.State.SYN_SENT || evidence.icmp() != null;
    }
}
