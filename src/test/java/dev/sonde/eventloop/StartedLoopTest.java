package dev.sonde.eventloop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/// Loops with threads of their own.
class StartedLoopTest {

    @Test
    void deadlineIsNotEarlyWhenTheLoopSleepsUntilIt() {
        try (EventLoop loop = new EventLoop("sleeper", Ticker.system())) {
            CompletableFuture<Long> earlyNanos = new CompletableFuture<>();
            RecordingHandler handler =
                    new RecordingHandler() {
                        @Override
                        public void onDeadline(Deadline deadline) {
                            earlyNanos.complete(deadline.atNanos() - System.nanoTime());
                        }
                    };
            loop.start();
            long atNanos = System.nanoTime() + Duration.ofMillis(20).toNanos() + 1;
            loop.execute(CountedCommand.running(() -> loop.scheduleAt(atNanos, handler)));
            assertThat(earlyNanos.join()).isNotPositive();
        }
    }

    /// The ticker is read once for some commands, once at the end of a turn and once at the
    /// beginning of the next: a wakeup that is left over would make more turns.
    @Test
    void awakeLoopIsNotWokenWhenABatchIsSubmitted() throws InterruptedException {
        AtomicInteger reads = new AtomicInteger();
        CountDownLatch awake = new CountDownLatch(1);
        CountDownLatch submitted = new CountDownLatch(1);
        try (EventLoop loop = new EventLoop("counted", () -> reads.incrementAndGet())) {
            loop.start();
            loop.execute(
                    CountedCommand.running(
                            () -> {
                                awake.countDown();
                                awaitUninterruptibly(submitted);
                            }));
            awake.await();
            CountedCommand command = new CountedCommand();
            for (int i = 1; i < EventLoop.COMMANDS_PER_TURN; i++) {
                loop.execute(command);
            }
            int end = reads.get() + 2 + (EventLoop.COMMANDS_PER_TURN - 1) / Pass.UNTIMED_CALLS;
            submitted.countDown();
            await().during(Duration.ofMillis(50)).until(() -> reads.get() == end);
            assertThat(command.ran()).hasValue(EventLoop.COMMANDS_PER_TURN - 1);
        }
    }

    @Test
    void newWorkGoesToEachLoopInTurn() {
        try (EventLoopGroup group = new EventLoopGroup(2, Ticker.system())) {
            assertThat(List.of(group.next(), group.next(), group.next()))
                    .containsExactly(
                            group.loops().get(0), group.loops().get(1), group.loops().get(0));
        }
    }

    @Test
    void newWorkStaysOnTheLoopThatAsks() {
        try (EventLoopGroup group = new EventLoopGroup(2, Ticker.system())) {
            group.start();
            EventLoop own = group.loops().get(1);
            CompletableFuture<EventLoop> next = new CompletableFuture<>();
            own.execute(CountedCommand.running(() -> next.complete(group.next())));
            assertThat(next.join()).isSameAs(own);
        }
    }

    @Test
    void everyLoopIsInspected() {
        try (EventLoopGroup group = new EventLoopGroup(3, Ticker.system())) {
            group.start();
            assertThat(group.inspect().join())
                    .extracting(LoopView::loop)
                    .containsExactly("loop-0", "loop-1", "loop-2");
        }
    }

    @Test
    void groupIsClosedTwiceWithoutHarm() {
        EventLoopGroup group = new EventLoopGroup(1, Ticker.system());
        group.start();
        group.close();
        group.close();
        assertThat(group.inspect()).isCompletedExceptionally();
    }

    @Test
    void groupNeedsALoop() {
        assertThatThrownBy(() -> new EventLoopGroup(0, Ticker.system()))
                .hasMessageContaining("not 0");
    }

    private static void awaitUninterruptibly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
