package dev.sonde.api.timeline;

import dev.sonde.api.timeline.TimelineSteps.Party;
import dev.sonde.api.timeline.TimelineSteps.Step;
import dev.sonde.probe.finding.TimelineEvent;

/// The steps between an own listener that is a proxy and its upstream.
final class UpstreamSteps {

    private UpstreamSteps() {}

    /// The meaning of one event of the upstream's side.
    static Step of(TimelineEvent event) {
        return switch (event.kind()) {
            case CONNECT_CALLED -> to(event, "connect()");
            case CONNECT_FINISHED -> from(event, "connected");
            case CONNECT_FAILED -> from(event, failure(event));
            case FIRST_BYTE_IN -> from(event, "first byte");
            case FIRST_BYTE_OUT -> to(event, "first byte");
            case PEER_CLOSED -> from(event, "end of stream");
            case PEER_RESET -> from(event, "ECONNRESET");
            case ERROR -> from(event, String.valueOf(event.errno()));
            default -> from(event, TimelineSteps.words(event));
        };
    }

    private static String failure(TimelineEvent event) {
        return event.errno() == null ? "cannot be connected to" : event.errno();
    }

    private static Step to(TimelineEvent event, String label) {
        return step(event, Party.LISTENER, Party.UPSTREAM, label);
    }

    private static Step from(TimelineEvent event, String label) {
        return step(event, Party.UPSTREAM, Party.LISTENER, label);
    }

    private static Step step(TimelineEvent event, Party from, Party to, String label) {
        return new Step(TimelineSteps.time(event.atMicros()), from, to, label, false);
    }
}
