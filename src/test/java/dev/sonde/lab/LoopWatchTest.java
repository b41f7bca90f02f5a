package dev.sonde.lab;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sonde.eventloop.Command;
import dev.sonde.eventloop.EventLoopGroup;
import dev.sonde.eventloop.Ticker;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class LoopWatchTest {

    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    @Test
    void turnThatComputesForLongIsSeen() throws Exception {
        try (EventLoopGroup loops = new EventLoopGroup(1, Ticker.system())) {
            loops.start();
            LoopWatch watch = new LoopWatch(loops);
            CountDownLatch isDone = new CountDownLatch(1);
            loops.loops().getFirst().execute(Command.of(() -> compute(watch, isDone)));
            isDone.await();
            assertThat(watch.longest()).isGreaterThanOrEqualTo(LoopWatch.BOUND);
        }
    }

    /// For as long as the bound, while a question waits. One that was asked before waits behind
    /// this.
    private static void compute(LoopWatch watch, CountDownLatch isDone) {
        long answered = watch.answered();
        while (watch.asked() == answered) {
            Thread.onSpinWait();
        }
        long end = THREADS.getCurrentThreadCpuTime() + LoopWatch.BOUND.toNanos();
        while (THREADS.getCurrentThreadCpuTime() < end) {
            Thread.onSpinWait();
        }
        isDone.countDown();
    }
}
