package dev.sonde.eventloop;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The loops that probes, listeners and schedules share. Safe for any thread.
///
/// A channel belongs to one loop for life.
public final class EventLoopGroup implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(EventLoopGroup.class);
    private static final long CLOSE_MILLIS = TimeUnit.SECONDS.toMillis(10);

    private final List<EventLoop> loops;
    private final Ticker ticker;
    private final AtomicInteger turn = new AtomicInteger();

    /// @param size number of loops, at least 1; one for each core is a good number
    public EventLoopGroup(int size, Ticker ticker) {
        if (size < 1) {
            throw new IllegalArgumentException("a group needs a loop, not " + size);
        }
        this.ticker = ticker;
        this.loops =
                IntStream.range(0, size).mapToObj(i -> new EventLoop("loop-" + i, ticker)).toList();
    }

    /// A group of loops that exist already, such as one that a test drives by hand.
    public EventLoopGroup(List<EventLoop> loops) {
        this.loops = List.copyOf(loops);
        this.ticker = loops.getFirst().ticker();
    }

    public void start() {
        loops.forEach(EventLoop::start);
    }

    /// The loop for new work: the caller's own when it runs on one (nothing has to be woken), else
    /// each in turn.
    public EventLoop next() {
        for (EventLoop loop : loops) {
            if (loop.isInLoop()) {
                return loop;
            }
        }
        return loops.get(Math.floorMod(turn.getAndIncrement(), loops.size()));
    }

    public List<EventLoop> loops() {
        return loops;
    }

    public Ticker ticker() {
        return ticker;
    }

    /// A view of every loop, made by the loops themselves.
    public CompletableFuture<List<LoopView>> inspect() {
        List<CompletableFuture<LoopView>> views = loops.stream().map(EventLoop::inspect).toList();
        return CompletableFuture.allOf(views.toArray(CompletableFuture[]::new))
                .thenApply(_ -> views.stream().map(CompletableFuture::join).toList());
    }

    /// Ends all loops and waits until everything that they held has been notified.
    @Override
    public void close() {
        loops.forEach(EventLoop::close);
        for (EventLoop loop : loops) {
            try {
                if (!loop.join(CLOSE_MILLIS)) {
                    log.atWarn().addKeyValue("waitedMillis", CLOSE_MILLIS).log("a loop still runs");
                }
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }
}
