package dev.sonde.attempt.connect;

import dev.sonde.eventloop.Ticker;
import dev.sonde.probe.finding.TimelineEvent;
import dev.sonde.probe.finding.TimelineEvent.Kind;
import dev.sonde.probe.finding.TimelineEvent.PlainTimeline;
import dev.sonde.probe.finding.TimelineEvent.Side;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The events of one socket since its connect, oldest first. Confined to its loop's thread.
///
/// A connection that is held for hours has more events than anybody reads: past [#MOST] they are
/// only counted, and the count stands at the end as `more_events`.
public final class Timeline {

    static final int MOST = 200;

    private static final int USUAL = 4;
    private static final TimelineEvent[] NONE = {};
    private static final TimelineEvent CALLED = TimelineEvent.client(0, Kind.CONNECT_CALLED);

    private final Ticker ticker;
    private final long startedNanos;

    /// All events. It is empty while the usual ones come in their order, which are kept as numbers.
    private TimelineEvent[] events = NONE;

    private int count;
    private int readyMicros;
    private int lagMicros;
    private int finishedMicros;

    /// Present when the usual events have all come.
    private @Nullable PlainTimeline usual;

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
        if (kind == Kind.CONNECT_CALLED && isNext(0, 0)) {
            count = 1;
        } else {
            add(kind == Kind.CONNECT_CALLED ? CALLED : TimelineEvent.client(0, kind));
        }
    }

    /// Something of the prober's own doing, or seen just now.
    public void note(Kind kind) {
        long micros = micros(nowNanos());
        if (kind == Kind.CONNECT_FINISHED && isNext(2, micros)) {
            finishedMicros = (int) micros;
            count = 3;
        } else {
            add(TimelineEvent.client(micros, kind));
        }
    }

    /// Whether all events so far are the first of the usual ones.
    private boolean isNext(int before, long micros) {
        return events.length == 0 && count == before && micros <= Integer.MAX_VALUE;
    }

    /// An event with a count, such as bytes or repetitions.
    public void note(Kind kind, int number) {
        add(new TimelineEvent(micros(nowNanos()), Side.CLIENT, kind, null, number, null));
    }

    /// A readiness that the loop brought.
    public void ready(Kind kind, long atNanos, long lagMicros) {
        long micros = micros(atNanos);
        if (kind == Kind.CONNECT_READY && isNext(1, Math.max(micros, lagMicros))) {
            readyMicros = (int) micros;
            this.lagMicros = (int) lagMicros;
            count = 2;
        } else {
            add(TimelineEvent.ready(micros, kind, lagMicros));
        }
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
        long micros = micros(nowNanos());
        if (isNext(3, micros)) {
            usual = new PlainTimeline(readyMicros, lagMicros, finishedMicros, (int) micros, kind);
            count = USUAL;
        } else {
            add(TimelineEvent.client(micros, kind));
        }
    }

    /// A copy of what has happened so far.
    public List<TimelineEvent> events() {
        if (events.length == 0 && usual != null) {
            return usual;
        }
        unfold();
        return List.of(Arrays.copyOf(events, Math.min(count, MOST)));
    }

    /// Makes the events of which only numbers are known.
    private void unfold() {
        if (events.length > 0) {
            return;
        }
        events = new TimelineEvent[2 * USUAL];
        List<TimelineEvent> all =
                usual == null
                        ? new PlainTimeline(
                                readyMicros, lagMicros, finishedMicros, 0, Kind.CLOSE_FIN)
                        : usual;
        for (int i = 0; i < count; i++) {
            events[i] = all.get(i);
        }
    }

    private void add(TimelineEvent event) {
        unfold();
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
