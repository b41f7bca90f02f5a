package dev.sonde.metrics;

import dev.sonde.eventloop.EventLoopGroup;
import dev.sonde.eventloop.LoopView;
import dev.sonde.eventloop.Ticker;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.springframework.stereotype.Component;

/// The views of the event loops, read at most once a second. Safe for any thread; never called on a
/// loop's own.
@Component
final class LoopViews {

    private static final long FRESH_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final Duration SCRAPE_WAIT = Duration.ofMillis(500);

    private final EventLoopGroup loops;
    private final Ticker ticker;
    private List<LoopView> latest = List.of();
    private long askedNanos;

    LoopViews(EventLoopGroup loops) {
        this.loops = loops;
        this.ticker = loops.ticker();
        this.askedNanos = ticker.read() - FRESH_NANOS;
    }

    int count() {
        return loops.loops().size();
    }

    /// One view for each loop, in their order; empty when they did not all answer in time.
    synchronized List<LoopView> latest() {
        long nowNanos = ticker.read();
        if (nowNanos - askedNanos >= FRESH_NANOS) {
            latest = ask(SCRAPE_WAIT);
            askedNanos = nowNanos;
        }
        return latest;
    }

    /// Asks now; empty when they did not all answer in time.
    List<LoopView> ask(Duration wait) {
        try {
            return loops.inspect().get(wait.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException | ExecutionException _) {
            // Said by the empty list: a loop hangs, or has closed.
            return List.of();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return List.of();
        }
    }
}
