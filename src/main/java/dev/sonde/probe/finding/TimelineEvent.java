package dev.sonde.probe.finding;

import org.jspecify.annotations.Nullable;

/// Something that happened to an attempt or to the connection it made.
///
/// @param atMicros since the attempt's `connect_called`, on one monotonic clock
/// @param side `client` for the prober's end, `listener` for an own listener at the other end
/// @param event a word from a closed list, such as `connect_called` or `connect_ready`
/// @param lagMicros how long the event may have waited for the event loop before it was seen;
///     absent where the event is the prober's own doing
/// @param count how many, for an event that can stand for several
/// @param errno the error number's name, for `error`
public record TimelineEvent(
        long atMicros,
        String side,
        String event,
        @Nullable Long lagMicros,
        @Nullable Integer count,
        @Nullable String errno) {

    /// The only event of an attempt whose steps and timeline were dropped, because the heap's share
    /// for them was full.
    public static final String DETAILS_DROPPED = "details_dropped";

    /// An event of the prober's own end.
    public static TimelineEvent client(long atMicros, String event) {
        return new TimelineEvent(atMicros, "client", event, null, null, null);
    }

    /// A readiness event of the prober's own end.
    public static TimelineEvent ready(long atMicros, String event, long lagMicros) {
        return new TimelineEvent(atMicros, "client", event, lagMicros, null, null);
    }
}
