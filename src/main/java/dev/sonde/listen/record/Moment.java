package dev.sonde.listen.record;

import dev.sonde.probe.finding.TimelineEvent;
import dev.sonde.probe.finding.TimelineEvent.Kind;
import dev.sonde.probe.finding.TimelineEvent.Side;
import org.jspecify.annotations.Nullable;

/// An event of an accepted connection, as a point on the loops' ticker.
///
/// @param side the upstream for the other side of a proxy
/// @param lagMicros how long it may have waited for the loop, for a readiness event
/// @param errno the error number's name, for an error
record Moment(
        long atNanos, Side side, Kind kind, @Nullable Long lagMicros, @Nullable String errno) {

    TimelineEvent since(long startNanos) {
        return new TimelineEvent(
                (atNanos - startNanos) / 1_000, side, kind, lagMicros, null, errno);
    }
}
