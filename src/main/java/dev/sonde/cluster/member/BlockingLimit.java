package dev.sonde.cluster.member;

import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/// A limit for blocking work without a timeout, such as a write to a peer that does not read. After
/// the limit the blocking object is closed, so the work fails. Safe for any thread.
final class BlockingLimit {

    private static final int IDLE_SECONDS = 10;

    private final long nanos;
    private final ScheduledThreadPoolExecutor watch;

    /// Work that may block.
    @FunctionalInterface
    interface Work {

        void run() throws IOException;
    }

    BlockingLimit(Duration most) {
        nanos = most.toNanos();
        watch =
                new ScheduledThreadPoolExecutor(
                        1, Thread.ofPlatform().name("cluster-limit").daemon().factory());
        watch.setRemoveOnCancelPolicy(true);
        watch.setKeepAliveTime(IDLE_SECONDS, TimeUnit.SECONDS);
        watch.allowCoreThreadTimeOut(true);
    }

    /// Does the work.
    ///
    /// @throws IOException also where it took too long
    void run(Closeable blocking, Work work) throws IOException {
        ScheduledFuture<?> end =
                watch.schedule(() -> MemberSockets.drop(blocking), nanos, TimeUnit.NANOSECONDS);
        try {
            work.run();
        } finally {
            end.cancel(false);
        }
    }
}
