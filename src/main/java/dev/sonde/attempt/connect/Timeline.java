package dev.sonde.attempt.connect;

import dev.sonde.eventloop.Ticker;
import dev.sonde.probe.finding.TimelineEvent;
import dev.sonde.probe.finding.TimelineEvent.Kind;
import dev.sonde.probe.finding.TimelineEvent.Side;
import java.util.Arrays;
import java.util.List;

/// The events of one socket since its connect, oldest first. Confined to its loop's thread.
///
/// A connection that is held for hours has more events than anybody reads: past [#MOST] they are
/// only counted, and the count stands at the end as `more_events`.
public final class Timeline {

    static final int MOST = 200;

    private static final int USUAL = 4;
    private static final TimelineEvent CALLED = TimelineEvent.client(0, Kind.CONNECT_CALLED);

    private final Ticker ticker;
    private final long startedNanos;
    private TimelineEvent[] events = new TimelineEvent[USUAL];
    private int count;

    /// The zero of the timeline is now.
    Timeline(Ticker ticker) {
        this.ticker = ticker;
        this.startedNanos = ticker.read();
    }

    long startedNanos() {
        return startedNanos;
    }

    public long nowNanos() {
        return ticker.read();
    }

    /// The event at which the clock started.
    void noteStart(Kind kind) {
        add(kind == Kind.CONNECT_CALLED ? CALLED : TimelineEvent.client(0, kind));
    }

    /// Something of the prober's own doing, or seen just now.
    public void note(Kind kind) {
        add(TimelineEvent.client(micros(nowNanos()), kind));
    }

    /// An event with a count, such as bytes or repetitions.
    public void note(Kind kind, int number) {
        add(new TimelineEvent(micros(nowNanos()), Side.CLIENT, kind, null, number, null));
    }

    /// A readiness that the loop brought.
    public void ready(Kind kind, long atNanos, long lagMicros) {
        add(TimelineEvent.ready(micros(atNanos), kind, lagMicros));
    }

    public void error(long atNanos, long lagMicros, String errno) {
        add(new TimelineEvent(micros(atNanos), Side.CLIENT, Kind.ERROR, lagMicros, null, errno));
    }

    /// The end of the connection always has its place.
    void noteLast(Kind kind) {
        if (count >= MOST) {
            int left = count - MOST;
            count = MOST - 2;
            note(Kind.MORE_EVENTS, left + 2);
        }
        note(kind);
    }

    /// A copy of what has happened so far.
    public List<TimelineEvent> events() {
        // Most connects have so many, and this list needs no copy in between.
        return count == USUAL
                ? List.of(events[0], events[1], events[2], events[3])
                : List.of(Arrays.copyOf(events, Math.min(count, MOST)));
    }

    private void add(TimelineEvent event) {
        if (count < MOST) {
            if (count == events.length) {
                events = Arrays.copyOf(events, Math.min(2 * count, MOST));
            }
            events[count] = event;
        }
        count++;
    }

    private long micros(long atNanos) {
        return (atNanos - startedNanos) / 1_000;
    }
}
