package dev.sonde.listen;

import dev.sonde.eventloop.ChannelHandler;
import dev.sonde.lane.Lane;
import dev.sonde.listen.engine.ListenEngine;
import dev.sonde.listen.engine.LoopTimer;
import dev.sonde.listen.port.Port;
import dev.sonde.listen.port.PortOpening;
import dev.sonde.listen.spec.Behaviour;
import dev.sonde.listen.spec.ListenerChange;
import dev.sonde.listen.spec.ListenerEvent;
import dev.sonde.listen.spec.ListenerException;
import dev.sonde.listen.spec.ListenerProblem;
import dev.sonde.listen.spec.ListenerSpec;
import dev.sonde.listen.spec.ListenerState;
import dev.sonde.listen.spec.ListenerStatus;
import dev.sonde.listen.spec.StoredListener;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.SelectionKey;
import java.time.Duration;
import java.util.List;
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
final class ManagedListener implements ChannelHandler, ConnectionOwner {

    private static final Logger log = LoggerFactory.getLogger(ManagedListener.class);

    /// Pause of accepting when no descriptor is left: the queue would be ready without end.
    private static final Duration REST = Duration.ofMillis(100);

    private final ListenerConnections book;
    private final ListenEngine engine;
    private final Lane lane;
    private final PortCourse inEffect;
    private final Acceptor acceptor;
    private final PortOpening opening;
    private final LifeTime life;
    private final LoopTimer expiry;
    private final LoopTimer rest;
    private final LoopTimer retry;
    private StoredListener definition;
    private TlsTerms tls;
    private SocketState state = new SocketState.Idle();

    ManagedListener(ListenerConnections book, Lane lane, StoredListener definition, TlsTerms tls) {
        this.book = book;
        this.engine = book.engine();
        this.lane = lane;
        this.definition = definition;
        this.tls = tls;
        this.inEffect =
                new PortCourse(engine, lane, definition.spec(), this::port, this::updateInterest);
        this.acceptor = new Acceptor(this, book, lane, definition.spec(), inEffect);
        this.opening = new PortOpening(engine, lane);
        this.life = new LifeTime(lane.loop().ticker(), engine.clock());
        this.expiry = new LoopTimer(lane.loop(), this::expire);
        this.rest = new LoopTimer(lane.loop(), this::updateInterest);
        this.retry = new LoopTimer(lane.loop(), this::retryOpening);
    }

    Lane lane() {
        return lane;
    }

    /// Binds, listens, and then accepts.
    ///
    /// @return when it does all that its definition asks for
    /// @throws ListenerException when it cannot be opened; nothing is left open
    CompletableFuture<Void> open() {
        return listen().thenRun(() -> tell(ListenerChange.OPENED));
    }

    private CompletableFuture<Void> listen() {
        ListenerSpec spec = definition.spec();
        acceptor.apply(spec, tls.server());
        inEffect.begin(spec);
        Port port = opening.open(spec, inEffect.course().current(), this);
        state = new SocketState.Open(port);
        engine.sockets().ports().opened(port.address());
        setRoute(port);
        inEffect.opened();
        listensOn();
        return inEffect.serve(port);
    }

    /// Opens a listener that exists in any case. If its port cannot be opened, the listener reports
    /// it and is retried.
    void openOrRetry() {
        if (life.isOver(definition)) {
            state = new SocketState.Expired();
            return;
        }
        String unreadable = definition.unreadable();
        if (unreadable != null) {
            fail(new ListenerException(ListenerProblem.LOCAL_ERROR, unreadable));
            return;
        }
        try {
            // A queue that cannot be filled yet is filled later.
            var _ = listen();
            tell(ListenerChange.OPENED);
        } catch (ListenerException e) {
            fail(e);
        }
    }

    /// Takes over what can change while the socket stays.
    ///
    /// @throws ListenerException where this host cannot do it; nothing has changed then
    CompletableFuture<Void> apply(StoredListener changed, TlsTerms terms) {
        Port port = port();
        CompletableFuture<Void> ready =
                port == null
                        ? CompletableFuture.completedFuture(null)
                        : inEffect.prepare(port, changed.spec());
        definition = changed.withPaused(definition.paused());
        tls = terms;
        acceptor.apply(changed.spec(), terms.server());
        if (port == null) {
            return ready;
        }
        setRoute(port);
        inEffect.change(changed.spec());
        if (inEffect.isRefusing() && changed.spec().behaviour() instanceof Behaviour.Proxy) {
            ready = CompletableFuture.allOf(ready, book.closeConnectionsOf(this));
        }
        if (!acceptor.plans().isEmpty()) {
            ready = CompletableFuture.allOf(ready, book.apply(acceptor.plans(), this));
        }
        listensOn();
        tell(ListenerChange.CHANGED);
        return ready;
    }

    void setPaused(boolean paused) {
        if (definition.paused() != paused) {
            definition = definition.withPaused(paused);
            updateInterest();
            tell(paused ? ListenerChange.PAUSED : ListenerChange.RESUMED);
        }
    }

    /// Closes the socket and resets its connections.
    ///
    /// @return when the port is free and its connections are gone
    CompletableFuture<Void> close() {
        if (state instanceof SocketState.Closed) {
            return CompletableFuture.completedFuture(null);
        }
        CompletableFuture<Void> freed = release();
        state = new SocketState.Closed();
        return freed;
    }

    ListenerStatus status() {
        Port port = port();
        return new ListenerStatus(
                definition,
                label(),
                port == null ? null : port.address(),
                port == null ? null : port.queue(lane.kernel()),
                book.counts(),
                state.failure());
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
        if (!acceptor.acceptSome(port)) {
            book.exhausted();
            rest.setAfter(REST);
            updateInterest();
        }
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
        state = new SocketState.Closed();
        if (port != null) {
            closeNow(port);
        }
        inEffect.portBehaviour().stop();
    }

    private void listensOn() {
        scheduleExpiry();
        updateInterest();
    }

    private void scheduleExpiry() {
        expiry.cancel();
        Duration left = life.left(definition);
        if (left != null) {
            expiry.setAfter(left);
        }
    }

    private void expire() {
        // Nobody waits for the port to be free.
        var _ = release();
        state = new SocketState.Expired();
        tell(ListenerChange.EXPIRED);
    }

    private void retryOpening() {
        tls.lookAgain(
                lane,
                () -> {
                    if (state instanceof SocketState.Failed) {
                        openOrRetry();
                    }
                });
    }

    private void fail(ListenerException cause) {
        boolean isNew = !(state instanceof SocketState.Failed);
        state = new SocketState.Failed(new ListenerStatus.Failure(cause.problem(), cause.detail()));
        retry.setAfter(engine.retry());
        if (isNew) {
            tell(ListenerChange.FAILED);
        }
    }

    private void updateInterest() {
        Port port = port();
        if (port == null) {
            return;
        }
        boolean accepts = !definition.paused() && !rest.isSet() && inEffect.accepts();
        port.key().interestOps(accepts ? SelectionKey.OP_ACCEPT : 0);
    }

    /// Gives the port back, and ends the connections that it brought.
    private CompletableFuture<Void> release() {
        List.of(expiry, rest, retry).forEach(LoopTimer::cancel);
        Port port = port();
        if (port == null) {
            return CompletableFuture.completedFuture(null);
        }
        inEffect.stop();
        closeNow(port);
        engine.sockets().descriptors().release();
        return CompletableFuture.allOf(book.closeConnectionsOf(this), freed());
    }

    /// Completes after the loop's next select. Until then a closed channel keeps its descriptor and
    /// thereby its port. A timer set now fires after that select.
    private CompletableFuture<Void> freed() {
        CompletableFuture<Void> freed = new CompletableFuture<>();
        new LoopTimer(lane.loop(), () -> freed.complete(null)).setAfter(Duration.ZERO);
        return freed;
    }

    /// Lets other proxies know where this one leads to.
    private void setRoute(Port port) {
        Behaviour behaviour = definition.spec().behaviour();
        engine.upstreams().routes().set(book.name(), port.address(), behaviour);
    }

    @Override
    public void refuseNewcomers() {
        inEffect.refuseNewcomers();
    }

    private void closeNow(Port port) {
        engine.upstreams().routes().remove(book.name());
        engine.sockets().ports().closed(port.address());
        try {
            port.channel().close();
        } catch (IOException e) {
            // The descriptor is released either way (close(2)).
            log.atDebug().addKeyValue("listener", book.name()).setCause(e).log("close failed");
        }
    }

    private @Nullable Port port() {
        return state.port();
    }

    private ListenerState label() {
        return state.label(definition.paused());
    }

    private void tell(ListenerChange change) {
        ListenerStatus.Failure failure = state.failure();
        engine.tell(
                new ListenerEvent.Changed(
                        book.name(),
                        engine.clock().instant(),
                        change,
                        label(),
                        address(),
                        failure == null ? null : failure.problem()));
    }
}
