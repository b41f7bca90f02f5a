package dev.sonde.api.timeline;

import dev.sonde.api.timeline.TimelineSteps.Party;
import dev.sonde.api.timeline.TimelineSteps.Step;
import dev.sonde.probe.finding.TimelineEvent;
import java.util.List;

/// The steps of an own listener at the other end, between its program and its kernel.
final class ListenerSteps {

    private ListenerSteps() {}

    /// The meaning of one event of the listener's side.
    static List<Step> of(TimelineEvent event) {
        return switch (event.kind()) {
            case ACCEPT_READY, READ_READY -> List.of(seen(event, "readable"));
            case WRITE_READY -> List.of(seen(event, "writable"));
            case ACCEPTED -> List.of(done(event, "accept()"));
            case PEER_CLOSED -> List.of(seen(event, "end of stream"));
            case PEER_RESET -> List.of(seen(event, "ECONNRESET"));
            case ERROR -> List.of(seen(event, String.valueOf(event.errno())));
            case CLOSE_FIN -> List.of(done(event, "close()"), inferred("FIN"));
            case CLOSE_RST -> List.of(done(event, "close()"), inferred("RST"));
            case FIRST_BYTE_IN, FIRST_BYTE_OUT, WRITE_BLOCKED, TLS_ESTABLISHED, TLS_FAILED ->
                    List.of(own(event, TimelineSteps.words(event)));
            case CONNECT_CALLED,
                    SYN_RETRANSMITTED,
                    CONNECT_READY,
                    CONNECT_FINISHED,
                    ACK_WITHHELD,
                    READABLE,
                    SENT,
                    RECEIVED,
                    ACKNOWLEDGED,
                    FIN_RECEIVED,
                    SECOND_CONNECT,
                    HOLD_BEGUN,
                    HOLD_ENDED,
                    FLOOD_BEGUN,
                    SEND_BUFFER_FULL,
                    STALLED,
                    FLOOD_ENDED,
                    MORE_EVENTS,
                    DETAILS_DROPPED,
                    CONNECT_FAILED ->
                    throw new IllegalArgumentException("only a prober sees " + event.kind());
        };
    }

    private static Step seen(TimelineEvent event, String label) {
        String words = label + TimelineSteps.lag(event);
        return new Step(time(event), Party.PEER, Party.LISTENER, words, false);
    }

    private static Step done(TimelineEvent event, String label) {
        return new Step(time(event), Party.LISTENER, Party.PEER, label, false);
    }

    private static Step own(TimelineEvent event, String label) {
        return new Step(time(event), Party.LISTENER, Party.LISTENER, label, false);
    }

    private static Step inferred(String segment) {
        return new Step("", Party.PEER, Party.KERNEL, segment, false);
    }

    private static String time(TimelineEvent event) {
        return TimelineSteps.time(event.atMicros());
    }
}
