package dev.sonde.api.timeline;

import static dev.sonde.api.timeline.Party.LISTENER;
import static dev.sonde.api.timeline.Party.PEER;

import dev.sonde.probe.finding.TimelineEvent;

/// The steps of an own listener at the other end, between its program and its kernel.
final class ListenerSteps {

    private ListenerSteps() {}

    /// Adds the meaning of one event of the listener's side.
    static void add(TimelineEvent event, StepList steps) {
        switch (event.kind()) {
            case ACCEPT_READY, READ_READY -> seen(event, "readable", steps);
            case WRITE_READY -> seen(event, "writable", steps);
            case ACCEPTED -> done(event, "accept()", steps);
            case PEER_CLOSED -> seen(event, "end of stream", steps);
            case PEER_RESET -> broken(event, "ECONNRESET", steps);
            case ERROR -> broken(event, String.valueOf(event.errno()), steps);
            case FIRST_BYTE_IN -> seen(event, "first byte", steps);
            case FIRST_BYTE_OUT -> done(event, "first byte", steps);
            case CLOSE_FIN -> {
                done(event, "close()", steps);
                steps.finFollows();
            }
            case CLOSE_RST -> {
                done(event, "close()", steps);
                steps.reset();
            }
            case WRITE_BLOCKED, TLS_ESTABLISHED, TLS_FAILED ->
                    steps.at(event.atMicros(), LISTENER, LISTENER, TimelineSteps.words(event));
            default -> throw new IllegalArgumentException("only a prober sees " + event.kind());
        }
    }

    private static void broken(TimelineEvent event, String errno, StepList steps) {
        steps.gone();
        steps.badAt(event.atMicros(), PEER, LISTENER, errno + TimelineSteps.lag(event));
    }

    private static void seen(TimelineEvent event, String label, StepList steps) {
        steps.at(event.atMicros(), PEER, LISTENER, label + TimelineSteps.lag(event));
    }

    private static void done(TimelineEvent event, String label, StepList steps) {
        steps.at(event.atMicros(), LISTENER, PEER, label);
    }
}
