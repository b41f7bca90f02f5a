package dev.sonde.api.timeline;

import static dev.sonde.api.timeline.Party.CLIENT;
import static dev.sonde.api.timeline.Party.KERNEL;
import static dev.sonde.api.timeline.Party.PEER;

import dev.sonde.probe.finding.AttemptResult;
import dev.sonde.probe.finding.DialogueReport;
import dev.sonde.probe.finding.Evidence;
import dev.sonde.probe.finding.StepReport;
import dev.sonde.probe.finding.TimelineEvent;
import dev.sonde.probe.finding.TimelineEvent.Kind;
import dev.sonde.probe.finding.TimelineEvent.Side;
import dev.sonde.probe.path.Asked;
import dev.sonde.probe.path.Question;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// The steps of the prober's own end, with the segments that they imply. For one thread.
final class ClientSteps {

    private final Evidence evidence;
    private final List<StepReport> reports;
    private final StepList steps;
    private final ConnectSteps connect;
    private final CountedSteps counted;
    private final TlsSteps tls;

    /// @param handshake draws the rest of TCP's handshake, once
    ClientSteps(AttemptResult attempt, StepList steps, Runnable handshake) {
        this.evidence = attempt.evidence();
        this.reports = attempt.reports();
        this.steps = steps;
        this.connect = new ConnectSteps(evidence, steps, handshake);
        this.counted = new CountedSteps(attempt, steps);
        this.tls = new TlsSteps(attempt, steps);
    }

    /// @param later the events after it, of all sides
    void add(TimelineEvent event, List<TimelineEvent> later) {
        switch (event.kind()) {
            case CONNECT_CALLED, SYN_RETRANSMITTED, CONNECT_READY, CONNECT_FINISHED, ACK_WITHHELD ->
                    connect.add(event);
            case ERROR -> {
                counted.lost();
                connect.error(event);
            }
            case SENT, ACKNOWLEDGED, READABLE, RECEIVED, FIN_RECEIVED -> data(event, later);
            case HANDSHAKE_SENT, HANDSHAKE_RECEIVED, TLS_ESTABLISHED, TLS_FAILED, CLOSE_NOTIFY ->
                    tls.add(event);
            case STALLED -> {
                counted.stalled();
                own(event, "stalled: nothing moves");
            }
            case HOLD_ENDED -> {
                counted.held();
                own(event, TimelineSteps.words(event));
            }
            case SEND_BUFFER_FULL -> own(event, "the send buffer is full after " + bytes(event));
            case STEP_BEGUN -> own(event, step(event));
            case CLOSE_FIN, CLOSE_RST -> close(event);
            case SECOND_CONNECT -> own(event, secondConnect(event));
            case HOLD_BEGUN, FLOOD_BEGUN, FLOOD_ENDED, MORE_EVENTS, DETAILS_DROPPED ->
                    own(event, TimelineSteps.words(event));
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

    /// With its answer, where it had one.
    private String secondConnect(TimelineEvent event) {
        return evidence.asked().stream()
                .filter(each -> each.question() == Question.SECOND_CONNECT)
                .map(Asked::answer)
                .findFirst()
                .orElse(TimelineSteps.words(event));
    }

    private void data(TimelineEvent event, List<TimelineEvent> later) {
        long at = event.atMicros();
        switch (event.kind()) {
            case SENT -> {
                steps.at(at, CLIENT, KERNEL, "write " + bytes(event));
                counted.sent(bytes(event) + tls.inside());
            }
            case ACKNOWLEDGED -> {
                if (!steps.isGone()) {
                    steps.inferred(PEER, KERNEL, "ACK of the data");
                }
            }
            case READABLE -> {
                next(later).ifPresent(this::arrives);
                steps.at(at, KERNEL, CLIENT, "readable" + TimelineSteps.lag(event));
            }
            case RECEIVED -> steps.at(at, KERNEL, CLIENT, "read " + bytes(event));
            default -> steps.at(at, KERNEL, CLIENT, "end of stream");
        }
    }

    /// The next event of this end: the cause of a connection that became readable.
    private static Optional<TimelineEvent> next(List<TimelineEvent> later) {
        return later.stream().filter(each -> each.side() == Side.CLIENT).findFirst();
    }

    private void arrives(TimelineEvent cause) {
        if (cause.kind() == Kind.RECEIVED) {
            steps.inferred(PEER, KERNEL, bytes(cause) + tls.inside());
        } else if (cause.kind() == Kind.FIN_RECEIVED) {
            steps.fin(tls.inside().isEmpty() ? "FIN" : "close_notify or FIN");
        }
    }

    private void close(TimelineEvent event) {
        steps.finIfAny();
        counted.ended();
        long at = event.atMicros();
        String waiting = counted.waitingAtClose();
        if (steps.isGone()) {
            steps.at(at, CLIENT, KERNEL, "close(): nothing is sent any more");
        } else if (event.kind() == Kind.CLOSE_RST) {
            steps.at(at, CLIENT, KERNEL, "close()");
            steps.inferred(KERNEL, PEER, "RST");
        } else if (waiting == null) {
            steps.at(at, CLIENT, KERNEL, "close()");
            steps.inferred(KERNEL, PEER, "FIN", counted.finFate());
        } else {
            steps.at(at, CLIENT, KERNEL, "close(): the FIN waits behind " + waiting);
        }
    }

    private void own(TimelineEvent event, String label) {
        steps.at(event.atMicros(), CLIENT, CLIENT, label);
    }

    private String step(TimelineEvent event) {
        Integer number = event.count();
        List<String> outline =
                reports.stream()
                        .flatMap(
                                each ->
                                        each instanceof DialogueReport dialogue
                                                ? Stream.of(dialogue.outline())
                                                : Stream.of())
                        .findFirst()
                        .orElse(List.of());
        return number == null || number < 1 || number > outline.size()
                ? "step " + number
                : "step " + number + ": " + outline.get(number - 1);
    }

    private static String bytes(TimelineEvent event) {
        Integer count = event.count();
        return count == null ? "" : Figures.count(count) + (count == 1 ? " byte" : " bytes");
    }
}
