package dev.sonde.listen;

import dev.sonde.probe.TimelineEvent;
import java.util.List;

/// The listener's side of a connection that is open or recorded, on the clock of its client.
public final class ListenerTrace {

    private final ConnectionLog log;
    private final long sinceNanos;

    ListenerTrace(ConnectionLog log, long sinceNanos) {
        this.log = log;
        this.sinceNanos = sinceNanos;
    }

    /// The number of the connection at its listener.
    public long connection() {
        return log.id();
    }

    /// The listener's events so far, oldest first, in microseconds since the client's connect.
    public List<TimelineEvent> timeline() {
        return log.timelineSince(sinceNanos);
    }
}
