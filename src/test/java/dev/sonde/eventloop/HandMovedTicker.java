package dev.sonde.eventloop;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/// A ticker that only a test moves. Safe for any thread.
public final class HandMovedTicker implements Ticker {

    /// Near the end of its range, so that every test meets the wrap.
    private final AtomicLong nowNanos = new AtomicLong(Long.MAX_VALUE - 1_000_000);

    @Override
    public long read() {
        return nowNanos.get();
    }

    public void advance(Duration time) {
        nowNanos.addAndGet(time.toNanos());
    }
}
