package dev.sonde.store.buffer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class WorkSignalTest {

    private static final long EVER = 3_600_000;

    private final WorkSignal signal = new WorkSignal();
    private final AtomicBoolean hasWork = new AtomicBoolean();

    private CompletableFuture<Void> waiting(Consumer<WorkSignal> wait) {
        CompletableFuture<Void> ended = new CompletableFuture<>();
        Thread.ofPlatform()
                .daemon()
                .start(
                        () -> {
                            wait.accept(signal);
                            ended.complete(null);
                        });
        return ended;
    }

    @Test
    void restEndsWhenThereIsWork() {
        CompletableFuture<Void> ended = waiting(it -> it.rest(EVER, hasWork::get));
        await().until(signal::isResting);
        signal.raise();
        ended.join();
        assertThat(signal.isResting()).isFalse();
    }

    @Test
    void restDoesNotBeginWhenWorkCameBefore() {
        hasWork.set(true);
        signal.raise();
        waiting(it -> it.rest(EVER, hasWork::get)).join();
    }

    @Test
    void pauseEndsWhenSomebodyHurries() {
        CompletableFuture<Void> ended = waiting(it -> assertThat(it.pause(EVER)).isTrue());
        signal.hurry();
        ended.join();
    }

    @Test
    void onePauseEndsForOneHurry() {
        signal.hurry();
        waiting(it -> it.pause(EVER)).join();
        CompletableFuture<Void> next = waiting(it -> it.pause(EVER));
        signal.raise();
        assertThat(next).isNotDone();
        signal.close();
        next.join();
    }

    @Test
    void everyWaitEndsWhenItIsClosed() {
        CompletableFuture<Void> ended =
                waiting(
                        it -> {
                            it.rest(EVER, hasWork::get);
                            assertThat(it.pause(EVER)).isFalse();
                            assertThat(it.backOff(EVER)).isFalse();
                        });
        signal.close();
        ended.join();
    }
}
