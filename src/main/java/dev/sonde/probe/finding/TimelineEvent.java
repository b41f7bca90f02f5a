package dev.sonde.probe.finding;

import dev.sonde.probe.spec.EnumLabel;
import java.util.AbstractList;
import java.util.Objects;
import java.util.RandomAccess;
import org.jspecify.annotations.Nullable;

/// An event of an attempt or of its connection.
///
/// @param atMicros since the attempt's `connect_called`, on one monotonic clock
/// @param lagMicros longest time that the event may have waited for the event loop; absent for an
///     action of the prober
/// @param count number of repetitions or bytes, for an event that can have several
/// @param errno the error number's name, for `error`
public record TimelineEvent(
        long atMicros,
        Side side,
        Kind kind,
        @Nullable Long lagMicros,
        @Nullable Integer count,
        @Nullable String errno) {

    /// The side of the connection.
    public enum Side {
        /// The prober's end.
        CLIENT,
        /// An own listener at the other end.
        LISTENER,
        /// The upstream of an own listener that is a proxy.
        UPSTREAM;

        private final String label = EnumLabel.of(this);

        /// The word in results.
        public String label() {
            return label;
        }
    }

    /// The word of an event. Constants that both sides have are last.
    public enum Kind {
        CONNECT_CALLED,
        SYN_RETRANSMITTED,
        CONNECT_READY,
        CONNECT_FINISHED,
        /// The final ACK of the handshake was not sent (half-open).
        ACK_WITHHELD,
        READABLE,
        SENT,
        RECEIVED,
        ACKNOWLEDGED,
        FIN_RECEIVED,
        SECOND_CONNECT,
        /// A step of the dialogue began. The count is its number.
        STEP_BEGUN,
        /// Bytes of the TLS handshake left.
        HANDSHAKE_SENT,
        /// Bytes of the TLS handshake came.
        HANDSHAKE_RECEIVED,
        /// The prober said that it sends nothing more (TLS).
        CLOSE_NOTIFY,
        HOLD_BEGUN,
        HOLD_ENDED,
        FLOOD_BEGUN,
        SEND_BUFFER_FULL,
        STALLED,
        FLOOD_ENDED,
        /// Events that are counted only.
        MORE_EVENTS,
        /// The only event of an attempt whose steps and timeline were dropped, because the heap's
        /// share for them was full.
        DETAILS_DROPPED,
        ACCEPT_READY,
        ACCEPTED,
        READ_READY,
        WRITE_READY,
        WRITE_BLOCKED,
        FIRST_BYTE_IN,
        FIRST_BYTE_OUT,
        TLS_FAILED,
        PEER_CLOSED,
        PEER_RESET,
        TLS_ESTABLISHED,
        ERROR,
        CLOSE_FIN,
        CLOSE_RST,
        /// The upstream of a proxy cannot be connected to.
        CONNECT_FAILED;

        private final String label = EnumLabel.of(this);

        /// The word in results.
        public String label() {
            return label;
        }
    }

    /// The events of a connect that was answered and closed at once, as most are: four numbers, of
    /// which each event is made when it is read. Immutable.
    public static final class PlainTimeline extends AbstractList<TimelineEvent>
            implements RandomAccess {

        private static final TimelineEvent CALLED = TimelineEvent.client(0, Kind.CONNECT_CALLED);
        private static final int EVENTS = 4;

        private final int readyMicros;
        private final int lagMicros;
        private final int finishedMicros;

        /// The complement of the time for a RST, so that the whole has 32 bytes.
        private final int closed;

        /// All times are microseconds since the connect was called.
        ///
        /// @param lagMicros longest time that the answer may have waited for the event loop
        /// @param close the way in which it was closed, with FIN or RST
        public PlainTimeline(
                int readyMicros, int lagMicros, int finishedMicros, int closedMicros, Kind close) {
            this.readyMicros = readyMicros;
            this.lagMicros = lagMicros;
            this.finishedMicros = finishedMicros;
            this.closed = close == Kind.CLOSE_RST ? ~closedMicros : closedMicros;
        }

        @Override
        public TimelineEvent get(int index) {
            return switch (Objects.checkIndex(index, EVENTS)) {
                case 0 -> CALLED;
                case 1 -> TimelineEvent.ready(readyMicros, Kind.CONNECT_READY, lagMicros);
                case 2 -> TimelineEvent.client(finishedMicros, Kind.CONNECT_FINISHED);
                default ->
                        closed < 0
                                ? TimelineEvent.client(~closed, Kind.CLOSE_RST)
                                : TimelineEvent.client(closed, Kind.CLOSE_FIN);
            };
        }

        @Override
        public int size() {
            return EVENTS;
        }
    }

    /// An event of the prober's own end.
    public static TimelineEvent client(long atMicros, Kind kind) {
        return new TimelineEvent(atMicros, Side.CLIENT, kind, null, null, null);
    }

    /// A readiness event of the prober's own end.
    public static TimelineEvent ready(long atMicros, Kind kind, long lagMicros) {
        return new TimelineEvent(atMicros, Side.CLIENT, kind, lagMicros, null, null);
    }
}
