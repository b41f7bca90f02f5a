package dev.sonde.eventloop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.channels.Pipe;
import java.nio.channels.SelectionKey;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

/// Whatever a loop holds when it closes, and whatever comes after, is told so.
class LoopShutdownTest {

    private final EventLoop loop = new EventLoop("closing", Ticker.system());

    @Test
    void keysDeadlinesAndCommandsAreToldOnceWhenTheLoopCloses() throws IOException {
        RecordingHandler ofKey = new RecordingHandler();
        RecordingHandler ofDeadline = new RecordingHandler();
        CountedCommand queued = new CountedCommand();
        Pipe pipe = Pipe.open();
        pipe.source().configureBlocking(false);
        loop.turn();
        loop.register(pipe.source(), SelectionKey.OP_READ, ofKey);
        loop.scheduleAt(Long.MAX_VALUE, ofDeadline);
        loop.execute(queued);

        loop.close();
        loop.close();

        assertThat(ofKey.closed).isOne();
        assertThat(ofDeadline.closed).isOne();
        assertThat(queued.told()).hasValue(1);
        assertThat(queued.ran()).hasValue(0);
        pipe.source().close();
        pipe.sink().close();
    }

    @Test
    void otherHandlersAreToldWhenOneFails() {
        RecordingHandler last = new RecordingHandler();
        loop.turn();
        loop.scheduleAt(
                0,
                new RecordingHandler() {
                    @Override
                    public void onLoopClosed() {
                        throw new NoClassDefFoundError("broken");
                    }
                });
        loop.scheduleAt(0, last);
        loop.close();
        assertThat(last.closed).isOne();
    }

    @Test
    void commandIsToldWhenAHandlerSubmitsItOnItsWayOut() {
        CountedCommand late = new CountedCommand();
        loop.turn();
        loop.scheduleAt(
                Long.MAX_VALUE,
                new RecordingHandler() {
                    @Override
                    public void onLoopClosed() {
                        loop.execute(late);
                    }
                });
        loop.close();
        assertThat(late.told()).hasValue(1);
    }

    @Test
    void commandIsToldAtOnceWhenTheLoopHasEnded() {
        CountedCommand late = new CountedCommand();
        loop.close();
        loop.execute(late);
        assertThat(late.told()).hasValue(1);
        assertThat(loop.inspect()).isCompletedExceptionally();
    }

    @Test
    void channelThatWaitsForItsCloseIsClosedWithTheLoop() throws IOException {
        Pipe pipe = Pipe.open();
        pipe.source().configureBlocking(false);
        loop.turn();
        loop.register(pipe.source(), SelectionKey.OP_READ, new RecordingHandler());
        loop.close(pipe.source());
        loop.close();
        assertThat(pipe.source().isOpen()).isFalse();
        pipe.sink().close();
    }

    @Test
    void callsFromOtherThreadsAreRefused() {
        loop.start();
        RecordingHandler handler = new RecordingHandler();
        assertThatThrownBy(() -> loop.scheduleAt(0, handler))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("not on closing");
        assertThatThrownBy(() -> loop.close(Pipe.open().source()))
                .isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> loop.register(Pipe.open().source(), 0, handler))
                .isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> loop.lagNanos(0)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(loop::turn).isInstanceOf(IllegalStateException.class);
        loop.close();
    }

    @RepeatedTest(20)
    void nothingIsLostWhenManySubmitWhileTheLoopCloses() throws InterruptedException {
        CountedCommand command = new CountedCommand();
        CountDownLatch halfway = new CountDownLatch(4);
        loop.start();
        List<Thread> submitters =
                IntStream.range(0, 4)
                        .mapToObj(
                                _ ->
                                        Thread.ofPlatform()
                                                .start(
                                                        () -> {
                                                            submit(command, 5_000);
                                                            halfway.countDown();
                                                            submit(command, 5_000);
                                                        }))
                        .toList();
        halfway.await();
        loop.close();
        for (Thread submitter : submitters) {
            submitter.join();
        }
        assertThat(loop.join(10_000)).isTrue();
        assertThat(command.ran().get() + command.told().get()).isEqualTo(40_000);
    }

    private void submit(Command command, int times) {
        for (int i = 0; i < times; i++) {
            loop.execute(command);
        }
    }
}
