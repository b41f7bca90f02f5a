package dev.sonde.api.timeline;

import dev.sonde.probe.finding.TimelineEvent;

/// The steps of an accepted connection between the client, Sonde and the upstream of a proxy.
final class ConnectionSteps {

    /// A participant, from left to right.
    enum Party {
        CLIENT,
        SONDE,
        UPSTREAM
    }

    /// One arrow; one without a way belongs only to its party.
    record Step(String time, Party from, Party to, String label) {}

    private ConnectionSteps() {}

    /// The step of one event.
    static Step of(TimelineEvent event) {
        return event.side() == TimelineEvent.Side.UPSTREAM
                ? of(event, Party.UPSTREAM)
                : of(event, Party.CLIENT);
    }

    /// @param peer the participant at the other end of the socket
    private static Step of(TimelineEvent event, Party peer) {
        return switch (event.kind()) {
            case ACCEPT_READY -> step(event, peer, Party.SONDE, "connect");
            case FIRST_BYTE_IN -> step(event, peer, Party.SONDE, "first byte");
            case PEER_CLOSED, FIN_RECEIVED -> step(event, peer, Party.SONDE, "FIN");
            case PEER_RESET -> step(event, peer, Party.SONDE, "RST");
            case CONNECT_FINISHED -> step(event, peer, Party.SONDE, "connected");
            case CONNECT_FAILED -> step(event, peer, Party.SONDE, failure(event));
            case ERROR -> step(event, peer, Party.SONDE, String.valueOf(event.errno()));
            case CONNECT_CALLED -> step(event, Party.SONDE, peer, "connect()");
            case FIRST_BYTE_OUT -> step(event, Party.SONDE, peer, "first byte");
            case CLOSE_FIN -> step(event, Party.SONDE, peer, "FIN");
            case CLOSE_RST -> step(event, Party.SONDE, peer, "RST");
            case ACCEPTED,
                    READ_READY,
                    WRITE_READY,
                    WRITE_BLOCKED,
                    TLS_ESTABLISHED,
                    TLS_FAILED,
                    SYN_RETRANSMITTED,
                    CONNECT_READY,
                    ACK_WITHHELD,
                    READABLE,
                    SENT,
                    RECEIVED,
                    ACKNOWLEDGED,
                    SECOND_CONNECT,
                    HOLD_BEGUN,
                    HOLD_ENDED,
                    FLOOD_BEGUN,
                    SEND_BUFFER_FULL,
                    STALLED,
                    FLOOD_ENDED,
                    MORE_EVENTS,
                    DETAILS_DROPPED ->
                    step(event, Party.SONDE, Party.SONDE, own(event, peer));
        };
    }

    /// An event without an arrow names the side that it is about.
    private static String own(TimelineEvent event, Party peer) {
        String words = TimelineSteps.words(event);
        return peer == Party.UPSTREAM ? words + " (upstream)" : words;
    }

    private static String failure(TimelineEvent event) {
        return event.errno() == null ? "cannot be connected to" : event.errno();
    }

    private static Step step(TimelineEvent event, Party from, Party to, String label) {
        return new Step(TimelineSteps.time(event.atMicros()), from, to, label);
    }
}
