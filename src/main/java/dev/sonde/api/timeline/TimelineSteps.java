package dev.sonde.api.timeline;

import dev.sonde.probe.finding.AttemptResult;
import dev.sonde.probe.finding.Evidence;
import dev.sonde.probe.finding.IcmpMessage;
import dev.sonde.probe.finding.TimelineEvent.Kind;
import dev.sonde.probe.finding.TimelineEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/// The steps of an attempt for a sequence diagram. Each step is between two of the client, its
/// kernel, the network, the peer, and the peer's listener.
///
/// The events are the prober's. The steps on the wire between them follow from the evidence. A step
/// that is only inferred carries no time.
final class TimelineSteps {

    /// The parties at the top of the diagram, from left to right.
    enum Party {
        CLIENT,
        KERNEL,
        NETWORK,
        PEER,
        /// The program behind the peer's kernel, where that is an own listener.
        LISTENER,
        /// The upstream behind that listener, where that is a proxy.
        UPSTREAM
    }

    /// One arrow.
    ///
    /// @param time when it was seen, such as `61 µs`; empty where it is inferred
    /// @param isLost whether it never arrived, so that it ends in a cross
    record Step(String time, Party from, Party to, String label, boolean isLost) {}

    private final Evidence evidence;
    private final boolean isHalfOpen;
    private final List<Step> steps = new ArrayList<>();
    private boolean isHandshakeDrawn;

    private TimelineSteps(AttemptResult attempt) {
        this.evidence = attempt.evidence();
        this.isHalfOpen = attempt.timeline().stream().anyMatch(e -> e.kind() == Kind.ACK_WITHHELD);
    }

    static List<Step> of(AttemptResult attempt) {
        TimelineSteps drawn = new TimelineSteps(attempt);
        attempt.timeline().forEach(drawn::add);
        if (attempt.path() != null) {
            drawn.steps.addAll(PathSteps.of(attempt.path()));
        }
        return List.copyOf(drawn.steps);
    }

    private void add(TimelineEvent event) {
        switch (event.side()) {
            case CLIENT -> addOfClient(event);
            case LISTENER -> {
                // What the listener sees has been preceded by the final ACK.
                addHandshake();
                steps.addAll(ListenerSteps.of(event));
            }
            case UPSTREAM -> steps.add(UpstreamSteps.of(event));
        }
    }

    private void addHandshake() {
        if (!isHandshakeDrawn) {
            isHandshakeDrawn = true;
            step("", Party.PEER, Party.KERNEL, "SYN-ACK" + roundTrip());
            if (!isHalfOpen) {
                step("", Party.KERNEL, Party.PEER, "ACK");
            }
        }
    }

    private void addOfClient(TimelineEvent event) {
        String time = time(event.atMicros());
        switch (event.kind()) {
            case CONNECT_CALLED -> {
                step(time, Party.CLIENT, Party.KERNEL, "connect()");
                steps.add(new Step("", Party.KERNEL, reached(), "SYN", !isAnswered()));
            }
            case SYN_RETRANSMITTED ->
                    steps.add(
                            new Step(
                                    time,
                                    Party.KERNEL,
                                    reached(),
                                    "SYN again (" + event.count() + ")",
                                    !isAnswered()));
            case CONNECT_READY -> {
                addHandshake();
                step(time, Party.KERNEL, Party.CLIENT, "writable" + lag(event));
            }
            case CONNECT_FINISHED -> step(time, Party.CLIENT, Party.KERNEL, "SO_ERROR is 0");
            case ERROR -> {
                addRefusal();
                step(time, Party.KERNEL, Party.CLIENT, event.errno() + lag(event));
            }
            case ACK_WITHHELD -> step(time, Party.KERNEL, Party.KERNEL, "ACK withheld");
            case SENT -> step(time, Party.CLIENT, Party.KERNEL, "write " + bytes(event));
            case ACKNOWLEDGED -> step("", Party.PEER, Party.KERNEL, "ACK of the data");
            case READABLE -> step(time, Party.KERNEL, Party.CLIENT, "readable" + lag(event));
            case RECEIVED -> step(time, Party.CLIENT, Party.KERNEL, "read " + bytes(event));
            case FIN_RECEIVED -> step("", Party.PEER, Party.KERNEL, "FIN");
            case CLOSE_FIN -> addClose(time, "FIN");
            case CLOSE_RST -> addClose(time, "RST");
            case SECOND_CONNECT,
                    HOLD_BEGUN,
                    HOLD_ENDED,
                    FLOOD_BEGUN,
                    SEND_BUFFER_FULL,
                    STALLED,
                    FLOOD_ENDED,
                    MORE_EVENTS,
                    DETAILS_DROPPED,
                    TLS_ESTABLISHED,
                    TLS_FAILED ->
                    step(time, Party.CLIENT, Party.CLIENT, words(event));
            case ACCEPT_READY,
                    ACCEPTED,
                    READ_READY,
                    WRITE_READY,
                    WRITE_BLOCKED,
                    CONNECT_FAILED,
                    FIRST_BYTE_IN,
                    FIRST_BYTE_OUT,
                    PEER_CLOSED,
                    PEER_RESET ->
                    throw new IllegalArgumentException("only a listener sees " + event.kind());
        }
    }

    private void addRefusal() {
        IcmpMessage icmp = evidence.icmp();
        if (icmp != null) {
            String from = icmp.from() == null ? "" : " from " + icmp.from();
            step(
                    "",
                    Party.NETWORK,
                    Party.KERNEL,
                    "ICMP %d/%d%s".formatted(icmp.type(), icmp.code(), from));
        } else if (evidence.refusedBy() == Evidence.RefusedBy.RST) {
            step("", Party.PEER, Party.KERNEL, "RST");
        }
    }

    private void addClose(String time, String segment) {
        step(time, Party.CLIENT, Party.KERNEL, "close()");
        step("", Party.KERNEL, Party.PEER, segment);
    }

    private void step(String time, Party from, Party to, String label) {
        steps.add(new Step(time, from, to, label, false));
    }

    /// The reach of the SYN, as far as this host can know.
    private Party reached() {
        return isAnswered() && evidence.icmp() == null ? Party.PEER : Party.NETWORK;
    }

    private boolean isAnswered() {
        return evidence.state() != Evidence.State.SYN_SENT || evidence.icmp() != null;
    }

    private String roundTrip() {
        Long rtt = evidence.rttMicros();
        if (rtt == null) {
            return "";
        }
        boolean coarse = Objects.equals(evidence.rttCoarse(), true);
        return " (RTT " + (coarse ? "about " : "") + time(rtt) + ")";
    }

    /// The words of an event without an arrow of its own: `TLS established`.
    static String words(TimelineEvent event) {
        String words = event.kind().label().replace('_', ' ').replaceFirst("^tls\\b", "TLS");
        return event.count() == null ? words : words + " (" + event.count() + ")";
    }

    private static String bytes(TimelineEvent event) {
        return event.count() == null ? "" : event.count() + " bytes";
    }

    static String lag(TimelineEvent event) {
        Long lag = event.lagMicros();
        return lag == null || lag == 0 ? "" : " (loop lag up to " + time(lag) + ")";
    }

    static String time(long micros) {
        return micros < 10_000 ? micros + " µs" : micros / 1_000 + " ms";
    }
}
