package dev.sonde.api.event;

import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/// The types of events that somebody reads, and the number of those that nobody does. Safe for any
/// thread.
final class EventDemand {

    /// Events that nobody wants, before the subscribers' places move on. The limit is a quarter of
    /// the kept events where that is less.
    private static final int MOST_UNWANTED = 1_024;

    private final int mostUnwanted;

    /// Written by the threads of subscribers, read by the threads that append to the log.
    private volatile Set<String> types = Set.of();

    /// Events since the dispatcher's last turn that nobody wants. Counted by the threads that
    /// append to the log, set back by the dispatcher's.
    private final AtomicInteger unwanted = new AtomicInteger();

    /// @param kept how many events are kept
    EventDemand(int kept) {
        this.mostUnwanted = Math.min(MOST_UNWANTED, kept / 4);
    }

    void set(Set<String> wanted) {
        types = wanted;
    }

    /// Whether an event of this type has to be dispatched: somebody wants it, or it is one of too
    /// many that nobody wants.
    boolean isDue(String type) {
        return types.contains(type) || unwanted.incrementAndGet() >= mostUnwanted;
    }

    void countAnew() {
        unwanted.set(0);
    }
}
