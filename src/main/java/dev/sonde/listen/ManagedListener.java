package dev.sonde.listen;

import dev.sonde.eventloop.Deadline;
import dev.sonde.eventloop.Handler;
import dev.sonde.kernel.AcceptQueue;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.SelectionKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One listening socket under management.
///
/// ```
/// Idle --open--> Open (listening or paused) --ttl--> Expired
///   '---fails--> Failed --retry--> Open
/// each of them --close--> Closed
/// ```
///
/// Confined to its loop's thread: every method but [#lane] is called there. The first end wins.
final class ManagedListener implements Handler {

    private static final Logger log = LoggerFactory.getLogger(ManagedListener.class);

    /// How long accepting rests when no descriptor is left: the queue would be ready without end.
    private static final Duration REST = Duration.ofMillis(100);

    /// How often a queue that is to be full is looked at.
    private static final Duration UPKEEP = Duration.ofMillis(500);

    private sealed interface State {
        record Idle() implements State {}

        record Open(Port port) implements State {}

        record Failed(ListenerStatus.Failure failure) implements State {}

        record Expired() implements State {}

        record Closed() implements State {}
    }

    private final ListenerBook book;
    private final ListenEngine engine;
    private final Lane lane;
    private final Acceptor acceptor;
    private final PortOpening opening;
    private final LoopTimer expiry;
    private final LoopTimer rest;
    private final LoopTimer retry;
    private final LoopTimer upkeep;
    private StoredListener definition;
    private State state = new State.Idle();
    private boolean isPaused;
    private @Nullable QueueFiller filler;

    /// Waits for the first time that the queue is full.
    private CompletableFuture<Void> filled = CompletableFuture.completedFuture(null);

    ManagedListener(ListenerBook book, Lane lane, StoredListener definition) {
        this.book = book;
        this.engine = book.engine();
        this.lane = lane;
        this.definition = definition;
        this.isPaused = definition.paused();
        this.acceptor = new Acceptor(this, book, lane, definition.spec());
        this.opening = new PortOpening(engine, lane);
        this.expiry = new LoopTimer(lane.loop(), this::expire);
        this.rest = new LoopTimer(lane.loop(), this::updateInterest);
        this.retry = new LoopTimer(lane.loop(), this::openOrRetry);
        this.upkeep = new LoopTimer(lane.loop(), this::keepFull);
    }

    Lane lane() {
        return lane;
    }

    /// Binds, listens, and then accepts.
    ///
    /// @return when it does all that it was asked for
    /// @throws ListenerException where it cannot be had; nothing is left open
    CompletableFuture<Void> open() {
        listen();
        return filled;
    }

    private void listen() {
        Port port = opening.open(definition.spec(), this);
        state = new State.Open(port);
        serve();
        tell();
    }

    /// For a listener that shall exist in any case: where its port cannot be had, it says so and is
    /// tried again.
    void openOrRetry() {
        if (isExpired()) {
            state = new State.Expired();
            return;
        }
        try {
            listen();
        } catch (ListenerException e) {
            fail(e);
        }
    }

    /// Takes over what can change while the socket stays.
    CompletableFuture<Void> apply(StoredListener changed) {
        definition = changed;
        acceptor.apply(changed.spec());
        if (state instanceof State.Open) {
            serve();
        }
        return filled;
    }

    void setPaused(boolean paused) {
        if (isPaused != paused) {
            isPaused = paused;
            updateInterest();
            tell();
        }
    }

    /// Closes the socket and resets its connections.
    ///
    /// @return when the port is free and its connections are gone
    CompletableFuture<Void> close() {
        if (state instanceof State.Closed) {
            return CompletableFuture.completedFuture(null);
        }
        CompletableFuture<Void> freed = release();
        state = new State.Closed();
        return freed;
    }

    ListenerStatus status() {
        Port port = port();
        return new ListenerStatus(
                definition,
                label(),
                port == null ? null : port.address(),
                port == null ? null : queue(port),
                book.counts(),
                state instanceof State.Failed(ListenerStatus.Failure failure) ? failure : null);
    }

    @Nullable InetSocketAddress address() {
        Port port = port();
        return port == null ? null : port.address();
    }

    @Override
    public void onReady(int readyOps) {
        Port port = port();
        if (port == null || (port.key().interestOps() & SelectionKey.OP_ACCEPT) == 0) {
            return;
        }
        if (!acceptor.acceptSome(port, filler)) {
            book.exhausted();
            rest.setAfter(REST);
            updateInterest();
        }
    }

    @Override
    public void onDeadline(Deadline due) {
        throw new IllegalStateException("a listener's deadlines are its timers'");
    }

    @Override
    public void onFailure(Exception cause) {
        log.atError().addKeyValue("listener", book.name()).setCause(cause).log("accept failed");
        rest.setAfter(REST);
        updateInterest();
    }

    @Override
    public void onLoopClosed() {
        Port port = port();
        state = new State.Closed();
        if (port != null) {
            closeNow(port);
        }
        if (filler != null) {
            filler.release();
        }
    }

    /// Does what the definition says, on a socket that listens.
    private void serve() {
        scheduleExpiry();
        boolean shallBeFull = definition.spec().behaviour() instanceof Behaviour.QueueFull;
        if (!shallBeFull && filler != null) {
            // Kept until the listener closes: its clients are still in the queue.
            filler.release();
            upkeep.cancel();
        } else if (shallBeFull && !upkeep.isSet()) {
            filler = new QueueFiller(lane, engine.descriptors());
            filled = new CompletableFuture<>();
            keepFull();
        }
        updateInterest();
    }

    private void keepFull() {
        Port port = port();
        if (port == null || filler == null) {
            return;
        }
        try {
            boolean isFull = filler.fillSome(port, definition.spec().backlog());
            upkeep.setAfter(isFull ? UPKEEP : Duration.ZERO);
            if (isFull) {
                filled.complete(null);
            }
        } catch (ListenerException e) {
            upkeep.setAfter(UPKEEP);
            filled.completeExceptionally(e);
        }
    }

    private void scheduleExpiry() {
        expiry.cancel();
        if (definition.expiresAt() != null) {
            expiry.setAfter(Duration.between(engine.clock().instant(), definition.expiresAt()));
        }
    }

    private boolean isExpired() {
        return definition.expiresAt() != null
                && !engine.clock().instant().isBefore(definition.expiresAt());
    }

    private void expire() {
        // Nobody waits for the port to be free.
        var _ = release();
        state = new State.Expired();
        tell();
    }

    private void fail(ListenerException cause) {
        boolean isNew = !(state instanceof State.Failed);
        state = new State.Failed(new ListenerStatus.Failure(cause.problem(), cause.detail()));
        retry.setAfter(engine.retry());
        if (isNew) {
            tell();
        }
    }

    private void updateInterest() {
        Port port = port();
        if (port == null) {
            return;
        }
        boolean accepts = !isPaused && !rest.isSet() && definition.spec().behaviour().accepts();
        port.key().interestOps(accepts ? SelectionKey.OP_ACCEPT : 0);
    }

    /// Gives the port back, and ends the connections that it brought.
    private CompletableFuture<Void> release() {
        List.of(expiry, rest, retry, upkeep).forEach(LoopTimer::cancel);
        Port port = port();
        if (port == null) {
            return CompletableFuture.completedFuture(null);
        }
        if (filler != null) {
            filler.release();
        }
        filled.completeExceptionally(
                new ListenerException(
                        ListenerProblem.LOCAL_ERROR, "closed before its queue was full"));
        closeNow(port);
        engine.descriptors().release();
        List<CompletableFuture<Void>> steps = new ArrayList<>();
        for (Lane each : engine.lanes().all()) {
            steps.add(LoopCall.on(each.loop(), () -> closeConnections(each)));
        }
        steps.add(freed());
        return CompletableFuture.allOf(steps.toArray(CompletableFuture[]::new));
    }

    /// A closed channel keeps its descriptor, and so its port, until the loop's next select; a
    /// timer set now fires after that.
    private CompletableFuture<Void> freed() {
        CompletableFuture<Void> freed = new CompletableFuture<>();
        new LoopTimer(lane.loop(), () -> freed.complete(null)).setAfter(Duration.ZERO);
        return freed;
    }

    private void closeConnections(Lane on) {
        for (AcceptedConnection connection : book.open()) {
            if (connection.belongsTo(this, on)) {
                connection.onListenerClosed();
            }
        }
    }

    private void closeNow(Port port) {
        try {
            port.channel().close();
        } catch (IOException e) {
            // The descriptor is released either way (close(2)).
            log.atDebug().addKeyValue("listener", book.name()).setCause(e).log("close failed");
        }
    }

    private @Nullable Port port() {
        return state instanceof State.Open(Port port) ? port : null;
    }

    private ListenerStatus.Queue queue(Port port) {
        AcceptQueue queue = lane.kernel().acceptQueue(port.channel());
        OptionalLong drops = lane.kernel().drops(port.channel());
        return new ListenerStatus.Queue(
                queue == null ? null : queue.length(),
                queue == null ? null : queue.limit(),
                drops.isPresent() ? drops.getAsLong() : null);
    }

    private ListenerState label() {
        return switch (state) {
            case State.Open _ -> isPaused ? ListenerState.PAUSED : ListenerState.LISTENING;
            case State.Failed _, State.Idle _ -> ListenerState.FAILED;
            case State.Expired _, State.Closed _ -> ListenerState.EXPIRED;
        };
    }

    private void tell() {
        engine.tell(
                new ListenerEvent.StateChanged(
                        book.name(),
                        engine.clock().instant(),
                        label(),
                        address(),
                        state instanceof State.Failed(ListenerStatus.Failure failure)
                                ? failure.problem()
                                : null));
    }
}
