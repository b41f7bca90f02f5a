package dev.sonde.listen;

import dev.sonde.eventloop.Deadline;
import dev.sonde.eventloop.Handler;
import dev.sonde.lane.Lane;
import dev.sonde.listen.engine.ListenEngine;
import dev.sonde.listen.engine.LoopCall;
import dev.sonde.listen.engine.LoopTimer;
import dev.sonde.listen.port.Port;
import dev.sonde.listen.port.PortBehaviour;
import dev.sonde.listen.port.PortOpening;
import dev.sonde.listen.proxy.UpstreamWatch;
import dev.sonde.listen.spec.Behaviour;
import dev.sonde.listen.spec.ListenerChange;
import dev.sonde.listen.spec.ListenerEvent;
import dev.sonde.listen.spec.ListenerException;
import dev.sonde.listen.spec.ListenerProblem;
import dev.sonde.listen.spec.ListenerSpec;
import dev.sonde.listen.spec.ListenerState;
import dev.sonde.listen.spec.ListenerStatus;
import dev.sonde.listen.spec.StoredListener;
import dev.sonde.listen.spec.UpstreamFailure;
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
final class ManagedListener implements Handler {

    private static final Logger log = LoggerFactory.getLogger(ManagedListener.class);

    /// Pause of accepting when no descriptor is left: the queue would be ready without end.
    private static final Duration REST = Duration.ofMillis(100);

    private sealed interface State {
        record Idle() implements State {}

        record Open(Port port) implements State {}

        record Failed(ListenerStatus.Failure failure) implements State {}

        record Expired() implements State {}

        record Closed() implements State {}
    }

    private final ListenerConnections book;
    private final ListenEngine engine;
    private final Lane lane;
    private final Course course;
    private final Acceptor acceptor;
    private final PortOpening opening;
    private final PortBehaviour portBehaviour;
    private final LifeTime life;
    private final LoopTimer expiry;
    private final LoopTimer rest;
    private final LoopTimer retry;
    private StoredListener definition;
    private TlsTerms tls;
    private State state = new State.Idle();
    private boolean isPaused;

    /// Whether the kernel answers SYNs with a RST.
    private boolean isRefusing;

    private @Nullable UpstreamWatch watch;

    ManagedListener(ListenerConnections book, Lane lane, StoredListener definition, TlsTerms tls) {
        this.book = book;
        this.engine = book.engine();
        this.lane = lane;
        this.definition = definition;
        this.tls = tls;
        this.isPaused = definition.paused();
        this.course = new Course(lane.loop(), definition.spec().behaviour(), this::onStep);
        this.acceptor = new Acceptor(this, book, lane, definition.spec(), course);
        this.opening = new PortOpening(engine, lane);
        this.portBehaviour = new PortBehaviour(engine, lane);
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
        course.begin(spec.behaviour());
        Port port = opening.open(spec, course.current(), this);
        state = new State.Open(port);
        engine.ports().opened(port.address());
        setRoute(port);
        isRefusing = false;
        setRefusal();
        listensOn();
        return portBehaviour.serve(port, course.current(), spec.backlog());
    }

    /// Opens a listener that exists in any case. If its port cannot be opened, the listener reports
    /// it and is retried.
    void openOrRetry() {
        if (life.isOver(definition)) {
            state = new State.Expired();
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
        Behaviour before = definition.spec().behaviour();
        Behaviour wanted = changed.spec().behaviour();
        Behaviour first = wanted.equals(before) ? course.current() : Course.firstOf(wanted);
        CompletableFuture<Void> ready =
                port == null
                        ? CompletableFuture.completedFuture(null)
                        : portBehaviour.change(
                                port, course.current(), first, changed.spec().backlog());
        definition = changed;
        tls = terms;
        acceptor.apply(changed.spec(), terms.server());
        if (port == null) {
            return ready;
        }
        if (!wanted.equals(before)) {
            course.begin(wanted);
        }
        setRoute(port);
        stopWatch();
        setRefusal();
        if (isRefusing && wanted instanceof Behaviour.Proxy) {
            ready = CompletableFuture.allOf(ready, book.closeConnectionsOf(this));
        }
        if (!acceptor.plans().isEmpty()) {
            ready = CompletableFuture.allOf(ready, book.apply(acceptor.plans(), this));
        }
        listensOn();
        tell(ListenerChange.CHANGED);
        return ready;
    }

    /// Newcomers meet another step from now on.
    private void onStep(Behaviour before) {
        Port port = port();
        if (port == null) {
            return;
        }
        try {
            setRefusal();
            var _ =
                    portBehaviour
                            .change(port, before, course.current(), definition.spec().backlog())
                            .whenComplete((_, problem) -> noteStep(problem));
        } catch (ListenerException e) {
            noteStep(e);
        }
        updateInterest();
    }

    private void noteStep(@Nullable Throwable problem) {
        if (problem != null) {
            log.atWarn()
                    .addKeyValue("listener", book.name())
                    .addKeyValue("step", course.step())
                    .setCause(problem)
                    .log("a step of a sequence cannot be done by this host");
        }
    }

    void setPaused(boolean paused) {
        if (isPaused != paused) {
            isPaused = paused;
            updateInterest();
            tell(paused ? ListenerChange.PAUSED : ListenerChange.RESUMED);
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
                port == null ? null : port.queue(lane.kernel()),
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
        if (!acceptor.acceptSome(port, portBehaviour)) {
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
        portBehaviour.stop();
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
        state = new State.Expired();
        tell(ListenerChange.EXPIRED);
    }

    private void retryOpening() {
        tls.lookAgain(
                lane,
                () -> {
                    if (state instanceof State.Failed) {
                        openOrRetry();
                    }
                });
    }

    private void fail(ListenerException cause) {
        boolean isNew = !(state instanceof State.Failed);
        state = new State.Failed(new ListenerStatus.Failure(cause.problem(), cause.detail()));
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
        boolean accepts = !isRefusing && !isPaused && !rest.isSet() && course.current().accepts();
        port.key().interestOps(accepts ? SelectionKey.OP_ACCEPT : 0);
    }

    /// Gives the port back, and ends the connections that it brought.
    private CompletableFuture<Void> release() {
        List.of(expiry, rest, retry).forEach(LoopTimer::cancel);
        Port port = port();
        if (port == null) {
            return CompletableFuture.completedFuture(null);
        }
        portBehaviour.stop();
        course.stop();
        stopWatch();
        closeNow(port);
        engine.descriptors().release();
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

    /// Closes the port until a connect to an upstream works. Called on any loop.
    void refuseNewcomers() {
        var _ =
                LoopCall.on(lane.loop(), this::refuseUntilUpstreamIsBack)
                        .whenComplete((_, problem) -> noteRefusal(problem));
    }

    private void noteRefusal(@Nullable Throwable problem) {
        if (problem != null) {
            log.atWarn()
                    .addKeyValue("listener", book.name())
                    .setCause(problem)
                    .log("port not closed for newcomers");
        }
    }

    private void refuseUntilUpstreamIsBack() {
        if (port() != null
                && watch == null
                && definition.spec().behaviour() instanceof Behaviour.Proxy proxy
                && proxy.onUpstreamFailure() == UpstreamFailure.REFUSE) {
            watch = new UpstreamWatch(engine, lane, book.name(), proxy, this::upstreamIsBack);
            setRefusal();
            watch.start();
        }
    }

    private void upstreamIsBack() {
        watch = null;
        setRefusal();
    }

    private void stopWatch() {
        if (watch != null) {
            watch.stop();
            watch = null;
        }
    }

    /// A port with connections can be bound again only if it is not reserved.
    private boolean refuse(Port port, boolean isWanted) {
        int backlog = definition.spec().backlog();
        return isWanted
                ? lane.kernel().refuseConnections(port.channel(), true, backlog)
                        && port.reserve(true)
                : port.reserve(false)
                        && lane.kernel().refuseConnections(port.channel(), false, backlog);
    }

    /// Has the kernel refuse SYNs, or listen, as the behaviour requires now.
    ///
    /// @throws ListenerException where this host cannot do it
    private void setRefusal() {
        Port port = port();
        boolean isWanted = course.current().refuses() || watch != null;
        if (port == null || isWanted == isRefusing) {
            return;
        }
        if (!refuse(port, isWanted)) {
            throw new ListenerException(
                    ListenerProblem.LOCAL_ERROR,
                    "the kernel cannot stop or start listening on this socket (kernel feature"
                            + " local_address)");
        }
        isRefusing = isWanted;
        updateInterest();
    }

    private void closeNow(Port port) {
        engine.upstreams().routes().remove(book.name());
        engine.ports().closed(port.address());
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

    private ListenerState label() {
        return switch (state) {
            case State.Open _ -> isPaused ? ListenerState.PAUSED : ListenerState.LISTENING;
            case State.Failed _, State.Idle _ -> ListenerState.FAILED;
            case State.Expired _, State.Closed _ -> ListenerState.EXPIRED;
        };
    }

    private void tell(ListenerChange change) {
        engine.tell(
                new ListenerEvent.Changed(
                        book.name(),
                        engine.clock().instant(),
                        change,
                        label(),
                        address(),
                        state instanceof State.Failed(ListenerStatus.Failure failure)
                                ? failure.problem()
                                : null));
    }
}
