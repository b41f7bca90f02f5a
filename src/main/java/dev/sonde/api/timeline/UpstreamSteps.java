package dev.sonde.api.timeline;

import dev.sonde.api.timeline.DiagramStep.Fate;
import dev.sonde.probe.finding.TimelineEvent;

/// The steps between an own listener that is a proxy and its upstream.
final class UpstreamSteps {

    private UpstreamSteps() {}

    /// The meaning of one event of the upstream's side.
    static DiagramStep<Party> of(TimelineEvent event) {
        return switch (event.kind()) {
            case CONNECT_CALLED -> to(event, "connect()");
            case CONNECT_FINISHED -> from(event, "connected", Fate.ARRIVES);
            case CONNECT_FAILED -> from(event, failure(event), Fate.HARMS);
            case FIRST_BYTE_IN -> from(event, "first byte", Fate.ARRIVES);
            case FIRST_BYTE_OUT -> to(event, "first byte");
            case PEER_CLOSED -> from(event, "end of stream", Fate.ARRIVES);
            case PEER_RESET -> from(event, "ECONNRESET", Fate.HARMS);
            case ERROR -> from(event, String.valueOf(event.errno()), Fate.HARMS);
            case CLOSE_FIN -> to(event, "FIN");
            case CLOSE_RST -> to(event, "RST");
            default -> from(event, TimelineSteps.words(event), Fate.ARRIVES);
        };
    }

    private static String failure(TimelineEvent event) {
        return event.errno() == null ? "cannot be connected to" : event.errno();
    }

    private static DiagramStep<Party> to(TimelineEvent event, String label) {
        return new DiagramStep<>(
                event.atMicros(), Party.LISTENER, Party.UPSTREAM, label, Fate.ARRIVES);
    }

    private static DiagramStep<Party> from(TimelineEvent event, String label, Fate fate) {
        return new DiagramStep<>(event.atMicros(), Party.UPSTREAM, Party.LISTENER, label, fate);
    }
}
