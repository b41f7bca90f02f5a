package dev.sonde.api.timeline;

import dev.sonde.api.timeline.DiagramStep.Fate;
import dev.sonde.probe.finding.TimelineEvent;
import java.util.ArrayList;
import java.util.List;

/// The steps of an accepted connection between the client, Sonde and the upstream of a proxy.
final class ConnectionSteps {

    /// A participant, from left to right.
    enum End {
        CLIENT,
        SONDE,
        UPSTREAM
    }

    private final List<DiagramStep<End>> steps = new ArrayList<>();
    private boolean isClientGone;
    private boolean isUpstreamGone;

    private ConnectionSteps() {}

    static List<DiagramStep<End>> of(List<TimelineEvent> timeline) {
        ConnectionSteps drawn = new ConnectionSteps();
        timeline.forEach(drawn::add);
        return List.copyOf(drawn.steps);
    }

    private void add(TimelineEvent event) {
        End peer = event.side() == TimelineEvent.Side.UPSTREAM ? End.UPSTREAM : End.CLIENT;
        switch (event.kind()) {
            case ACCEPT_READY -> from(event, peer, "connect");
            case FIRST_BYTE_IN -> from(event, peer, "first byte");
            case PEER_CLOSED, FIN_RECEIVED -> from(event, peer, "FIN");
            case CONNECT_FINISHED -> from(event, peer, "connected");
            case PEER_RESET -> broken(event, peer, "RST");
            case CONNECT_FAILED -> broken(event, peer, failure(event));
            case ERROR -> broken(event, peer, String.valueOf(event.errno()));
            case CONNECT_CALLED -> to(event, peer, "connect()");
            case FIRST_BYTE_OUT -> to(event, peer, "first byte");
            case CLOSE_FIN -> closed(event, peer, "FIN");
            case CLOSE_RST -> closed(event, peer, "RST");
            default -> step(event, End.SONDE, End.SONDE, own(event, peer));
        }
    }

    /// A connection that was reset gets no FIN and no second RST.
    private void closed(TimelineEvent event, End peer, String segment) {
        if (isGone(peer)) {
            step(event, End.SONDE, End.SONDE, "close()" + upstream(peer));
        } else {
            to(event, peer, segment);
            if (segment.equals("RST")) {
                gone(peer);
            }
        }
    }

    private void broken(TimelineEvent event, End peer, String label) {
        gone(peer);
        steps.add(new DiagramStep<>(event.atMicros(), peer, End.SONDE, label, Fate.HARMS));
    }

    private boolean isGone(End peer) {
        return peer == End.UPSTREAM ? isUpstreamGone : isClientGone;
    }

    private void gone(End peer) {
        isUpstreamGone |= peer == End.UPSTREAM;
        isClientGone |= peer == End.CLIENT;
    }

    /// An event without an arrow names the side that it is about.
    private static String own(TimelineEvent event, End peer) {
        return TimelineSteps.words(event) + upstream(peer);
    }

    private static String upstream(End peer) {
        return peer == End.UPSTREAM ? " (upstream)" : "";
    }

    private static String failure(TimelineEvent event) {
        return event.errno() == null ? "cannot be connected to" : event.errno();
    }

    private void from(TimelineEvent event, End peer, String label) {
        step(event, peer, End.SONDE, label);
    }

    private void to(TimelineEvent event, End peer, String label) {
        step(event, End.SONDE, peer, label);
    }

    private void step(TimelineEvent event, End from, End to, String label) {
        steps.add(new DiagramStep<>(event.atMicros(), from, to, label, Fate.ARRIVES));
    }
}
