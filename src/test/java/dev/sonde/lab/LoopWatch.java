package dev.sonde.lab;

import dev.sonde.eventloop.Command;
import dev.sonde.eventloop.EventLoop;
import dev.sonde.eventloop.EventLoopGroup;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/// The longest wait of an event for its loop, in CPU time of the loop's thread.
///
/// A command is given to each loop every millisecond. The loop may compute for others until the
/// command runs. A machine that stands still adds nothing, since its threads compute nothing.
public final class LoopWatch implements AutoCloseable {

    /// The longest that one peer may make others wait.
    public static final Duration BOUND = Duration.ofMillis(50);

    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private final AtomicLong asked = new AtomicLong();
    private final AtomicLong answered = new AtomicLong();
    private final CountDownLatch closing = new CountDownLatch(1);
    private final CompletableFuture<Long> longestNanos = new CompletableFuture<>();

    public LoopWatch(EventLoopGroup loops) throws Exception {
        List<Long> threads = new ArrayList<>();
        for (EventLoop loop : loops.loops()) {
            threads.add(ask(loop, () -> Thread.currentThread().threadId()).get());
        }
        OwnThread.OF_EACH.execute(
                () -> {
                    try {
                        longestNanos.complete(watch(loops.loops(), threads));
                    } catch (Exception e) {
                        longestNanos.completeExceptionally(e);
                    }
                });
    }

    private long watch(List<EventLoop> loops, List<Long> threads) throws Exception {
        long longest = 0;
        while (!closing.await(1, TimeUnit.MILLISECONDS)) {
            List<CompletableFuture<Long>> waits = new ArrayList<>();
            for (int i = 0; i < loops.size(); i++) {
                long before = THREADS.getThreadCpuTime(threads.get(i));
                asked.incrementAndGet();
                waits.add(ask(loops.get(i), () -> waited(before)));
            }
            for (CompletableFuture<Long> wait : waits) {
                longest = Math.max(longest, wait.get());
            }
        }
        return longest;
    }

    private long waited(long before) {
        answered.incrementAndGet();
        return THREADS.getCurrentThreadCpuTime() - before;
    }

    private static CompletableFuture<Long> ask(EventLoop loop, LongSupplier question) {
        CompletableFuture<Long> answer = new CompletableFuture<>();
        loop.execute(
                Command.of(
                        () -> answer.complete(question.getAsLong()),
                        () -> answer.completeExceptionally(new IllegalStateException())));
        return answer;
    }

    /// The number of commands whose wait has begun.
    long asked() {
        return asked.get();
    }

    /// The number of these commands that have run.
    long answered() {
        return answered.get();
    }

    /// Ends the watch; the loops have to run still.
    public Duration longest() throws Exception {
        closing.countDown();
        return Duration.ofNanos(longestNanos.get(1, TimeUnit.MINUTES));
    }

    @Override
    public void close() {
        closing.countDown();
    }
}
