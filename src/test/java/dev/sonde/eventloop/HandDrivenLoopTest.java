package dev.sonde.eventloop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sonde.lab.OwnThread;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.Pipe;
import java.nio.channels.SelectionKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// A loop that is never started: its turns and its time are the test's.
class HandDrivenLoopTest {

    private final HandMovedTicker ticker = new HandMovedTicker();
    private final EventLoop loop = new EventLoop("by-hand", ticker);
    private final RecordingHandler handler = new RecordingHandler();
    private final List<Pipe> pipes = new ArrayList<>();

    @BeforeEach
    void takeOwnership() {
        loop.turn();
    }

    @AfterEach
    void close() throws IOException {
        loop.close();
        for (Pipe pipe : pipes) {
            pipe.sink().close();
            pipe.source().close();
        }
    }

    @Test
    void deadlineFiresAtItsPointAndNotBefore() {
        Deadline deadline = scheduleIn(Duration.ofMillis(5), handler);
        ticker.advance(Duration.ofMillis(5).minusNanos(1));
        loop.turn();
        assertThat(handler.passed).isEmpty();

        ticker.advance(Duration.ofNanos(1));
        loop.turn();
        loop.turn();
        assertThat(handler.passed).containsExactly(deadline);
    }

    @Test
    void deadlinesFireInOrderWhenSeveralAreDue() {
        Deadline third = scheduleIn(Duration.ofMillis(3), handler);
        Deadline first = scheduleIn(Duration.ofMillis(1), handler);
        Deadline second = scheduleIn(Duration.ofMillis(2), handler);
        ticker.advance(Duration.ofMillis(3));
        loop.turn();
        assertThat(handler.passed).containsExactly(first, second, third);
    }

    @Test
    void cancelledDeadlineNeverFires() {
        loop.cancel(scheduleIn(Duration.ofMillis(1), handler));
        assertThat(view().deadlines()).isZero();
        ticker.advance(Duration.ofMillis(1));
        loop.turn();
        assertThat(handler.passed).isEmpty();
    }

    @Test
    void laterDeadlineStaysSilentWhenAnEarlierOneCancelsIt() {
        Deadline later = scheduleIn(Duration.ofMillis(2), handler);
        scheduleIn(Duration.ofMillis(1), RecordingHandler.doing(() -> loop.cancel(later)));
        ticker.advance(Duration.ofMillis(2));
        loop.turn();
        assertThat(handler.passed).isEmpty();
    }

    @Test
    void commandsRunInOrderAndAtMostABatchATurn() {
        List<Integer> ran = new ArrayList<>();
        List<Integer> all = IntStream.rangeClosed(0, EventLoop.COMMANDS_PER_TURN).boxed().toList();
        all.forEach(i -> loop.execute(CountedCommand.running(() -> ran.add(i))));

        loop.turn();
        assertThat(ran).isEqualTo(all.subList(0, EventLoop.COMMANDS_PER_TURN));
        loop.turn();
        assertThat(ran).isEqualTo(all);
    }

    @Test
    void commandOfAnotherThreadHasItsTurnWhenOwnOnesNeverEnd() {
        CountedCommand other = new CountedCommand();
        loop.execute(CountedCommand.running(this::submitAgain));
        CompletableFuture.runAsync(() -> loop.execute(other), OwnThread.OF_EACH).join();

        loop.turn();
        assertThat(other.ran()).hasValue(1);
    }

    private void submitAgain() {
        loop.execute(CountedCommand.running(this::submitAgain));
    }

    @Test
    void nextCommandRunsWhenOneThrows() {
        CountedCommand next = new CountedCommand();
        loop.execute(CountedCommand.running(HandDrivenLoopTest::fail));
        loop.execute(next);
        loop.turn();
        assertThat(next.ran()).hasValue(1);
    }

    @Test
    void nextCommandRunsWhenOneEndsInAnError() {
        CountedCommand next = new CountedCommand();
        loop.execute(CountedCommand.running(HandDrivenLoopTest::failToLink));
        loop.execute(next);
        loop.turn();
        assertThat(next.ran()).hasValue(1);
    }

    @Test
    void handlerIsToldOfReadiness() throws IOException {
        registerReady(handler);
        loop.turn();
        assertThat(handler.ready).containsExactly(SelectionKey.OP_READ);
    }

    @Test
    void everyReadyChannelHasItsTurnBeforeTheSelectorIsAskedAgain() throws IOException {
        List<RecordingHandler> slow =
                Stream.generate(() -> RecordingHandler.doing(this::useUpTheTurn)).limit(3).toList();
        for (RecordingHandler each : slow) {
            registerReady(each);
        }

        slow.forEach(_ -> loop.turn());
        assertThat(slow).allSatisfy(each -> assertThat(each.ready).hasSize(1));
    }

    private void useUpTheTurn() {
        assertThat(loop.budget().isReadOver()).isFalse();
        ticker.advance(Duration.ofNanos(Pass.MOST_NANOS));
    }

    @Test
    void exceptionReachesItsOwnHandlerAlone() throws IOException {
        IOException cause = new IOException("broken");
        RecordingHandler broken =
                RecordingHandler.doing(
                        () -> {
                            throw cause;
                        });
        registerReady(broken);
        registerReady(handler);
        loop.turn();
        assertThat(broken.failures).containsExactly(cause);
        assertThat(handler.ready).hasSize(1);
        assertThat(handler.failures).isEmpty();
    }

    @Test
    void exceptionOfADeadlineReachesItsOwnHandler() {
        RecordingHandler broken = RecordingHandler.doing(HandDrivenLoopTest::fail);
        scheduleIn(Duration.ZERO, broken);
        scheduleIn(Duration.ZERO, handler);
        loop.turn();
        assertThat(broken.failures).hasSize(1);
        assertThat(handler.passed).hasSize(1);
    }

    @Test
    void errorReachesItsOwnHandlerAndTheLoopGoesOn() throws IOException {
        RecordingHandler broken = RecordingHandler.doing(HandDrivenLoopTest::failToLink);
        registerReady(broken);
        scheduleIn(Duration.ZERO, broken);
        scheduleIn(Duration.ZERO, handler);
        loop.turn();
        assertThat(broken.failures)
                .hasSize(2)
                .allSatisfy(e -> assertThat(e).hasCauseInstanceOf(LinkageError.class));
        assertThat(handler.passed).hasSize(1);
    }

    @Test
    void loopGoesOnWhenTheFailureHandlerFails() {
        RecordingHandler worse =
                new RecordingHandler() {
                    @Override
                    public void onFailure(Exception cause) {
                        failToLink();
                    }
                };
        worse.reaction = HandDrivenLoopTest::fail;
        scheduleIn(Duration.ZERO, worse);
        scheduleIn(Duration.ZERO, handler);
        loop.turn();
        assertThat(handler.passed).hasSize(1);
    }

    @Test
    void handlerIsToldWhenItTripsOverACancelledKeyItself() throws IOException {
        RecordingHandler tripping =
                RecordingHandler.doing(
                        () -> {
                            throw new CancelledKeyException();
                        });
        registerReady(tripping);
        loop.turn();
        assertThat(tripping.failures).hasSize(1);
    }

    @Test
    void otherChannelIsSilentWhenAHandlerClosedItInTheSamePass() throws IOException {
        Pipe one = readyPipe();
        Pipe other = readyPipe();
        loop.register(
                one.source(),
                SelectionKey.OP_READ,
                RecordingHandler.doing(() -> other.source().close()));
        loop.register(
                other.source(),
                SelectionKey.OP_READ,
                RecordingHandler.doing(() -> one.source().close()));
        loop.turn();
        assertThat(one.source().isOpen()).isNotEqualTo(other.source().isOpen());
        assertThat(view().channels()).isOne();
    }

    @Test
    void closesAreSpreadOverTurns() throws IOException {
        for (int i = 0; i < EventLoop.CLOSES_PER_TURN + 1; i++) {
            Pipe pipe = pipe();
            loop.register(pipe.source(), SelectionKey.OP_READ, handler);
            loop.close(pipe.source());
        }
        loop.turn();
        assertThat(pipes).filteredOn(pipe -> pipe.source().isOpen()).hasSize(1);
        loop.turn();
        assertThat(pipes).noneMatch(pipe -> pipe.source().isOpen());
    }

    @Test
    void channelThatWasNeverRegisteredIsClosedAtOnce() throws IOException {
        Pipe pipe = pipe();
        loop.close(pipe.source());
        assertThat(pipe.source().isOpen()).isFalse();
    }

    @Test
    void viewCountsWhatTheLoopHolds() throws IOException {
        registerReady(handler);
        scheduleIn(Duration.ofSeconds(1), handler);
        scheduleIn(Duration.ofSeconds(2), handler);
        assertThat(view()).isEqualTo(new LoopView("by-hand", 1, 2, 0));
    }

    @Test
    void lagIsTheLongestTurnOfTheLastHalfMinute() {
        loop.execute(CountedCommand.running(() -> ticker.advance(Duration.ofMillis(40))));
        loop.turn();
        loop.turn();
        assertThat(view().lagNanos()).isEqualTo(Duration.ofMillis(40).toNanos());

        ticker.advance(Duration.ofSeconds(30));
        loop.turn();
        assertThat(view().lagNanos()).isZero();
    }

    @Test
    void lagOfAnEventReachesBackToTheTurnBefore() throws IOException {
        List<Long> lags = new ArrayList<>();
        loop.turn();
        ticker.advance(Duration.ofMillis(7));
        registerReady(RecordingHandler.doing(() -> lags.add(loop.lagNanos(ticker.read()))));
        loop.turn();
        assertThat(lags).containsExactly(Duration.ofMillis(7).toNanos());
    }

    private static void fail() {
        throw new IllegalStateException("broken");
    }

    /// As at the limit of descriptors, where even loading a class can fail.
    private static void failToLink() {
        throw new NoClassDefFoundError("broken");
    }

    private Deadline scheduleIn(Duration time, DeadlineHandler owner) {
        return loop.scheduleAt(ticker.read() + time.toNanos(), owner);
    }

    private LoopView view() {
        var view = loop.inspect();
        loop.turn();
        return view.join();
    }

    private void registerReady(ChannelHandler owner) throws IOException {
        loop.register(readyPipe().source(), SelectionKey.OP_READ, owner);
    }

    private Pipe readyPipe() throws IOException {
        Pipe pipe = pipe();
        pipe.sink().write(ByteBuffer.allocate(1));
        return pipe;
    }

    private Pipe pipe() throws IOException {
        Pipe pipe = Pipe.open();
        pipe.source().configureBlocking(false);
        pipes.add(pipe);
        return pipe;
    }
}
