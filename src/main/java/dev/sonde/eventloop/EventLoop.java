package dev.sonde.eventloop;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One thread, one selector, one deadline queue, one inbox.
///
/// **Ownership.** [#execute], [#inspect], [#isInLoop] and [#close] may be called from any thread.
/// Everything else runs on the loop's own thread and checks that it does; nothing registered here
/// needs a lock.
///
/// **Containment.** A throwable of one [Handler], errors included, reaches that handler's
/// `onFailure` and stops there. The loop ends only by [#close], and then notifies everything that
/// it held.
///
/// **Fairness.** A turn is: readiness, handlers of the [ready list][#again], due deadlines,
/// commands, closes. The numbers of commands and closes are bounded: taking a channel out of the
/// selector costs about 10 us. Each part is bounded in time ([Pass]), each call of a handler in
/// bytes, records and time ([TurnBudget]). The rest waits for the next turn. The selector is asked
/// again when no ready channel is left: else it would report the rest once more. A deadline whose
/// handler is ready too comes after its readiness.
///
/// A loop that was never started can be driven by a test, on the test's own thread, with [#turn].
public final class EventLoop implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(EventLoop.class);

    static final int COMMANDS_PER_TURN = 64;
    static final int CLOSES_PER_TURN = 512;

    private final String name;
    private final Ticker ticker;
    private final Selector selector;
    private final Inbox inbox;
    private final CloseQueue closes = new CloseQueue();
    private final Dispatch dispatch;
    private final SelectFailures failures;
    private final TurnClock clock;
    private final LagWindow lag;

    /// The loop's thread: set by [#start] or by the first [#turn], read by every thread.
    private volatile @Nullable Thread thread;

    /// Whether the loop has a thread of its own. Set before that thread exists, read by closers.
    private volatile boolean started;

    /// Written by [#close] on any thread, read by the loop.
    private volatile boolean closing;

    public EventLoop(String name, Ticker ticker) {
        this(name, ticker, openSelector());
    }

    EventLoop(String name, Ticker ticker, Selector selector) {
        this.name = name;
        this.ticker = ticker;
        this.selector = selector;
        this.failures = new SelectFailures(name, ticker);
        this.dispatch = new Dispatch(ticker);
        this.clock = new TurnClock(ticker);
        this.lag = new LagWindow(clock.selectedNanos());
        this.inbox = new Inbox(name, selector::wakeup);
    }

    private static Selector openSelector() {
        try {
            return Selector.open();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public void start() {
        started = true;
        Thread own = Thread.ofPlatform().name(name).daemon().unstarted(this::runUntilClosed);
        thread = own;
        own.start();
    }

    /// Runs `command` on the loop's thread, at the earliest in the next turn.
    public void execute(Command command) {
        if (isInLoop()) {
            inbox.addOwn(command);
        } else {
            inbox.add(command);
        }
    }

    /// A view of the loop made by the loop itself; completes exceptionally when the loop has
    /// closed.
    public CompletableFuture<LoopView> inspect() {
        CompletableFuture<LoopView> view = new CompletableFuture<>();
        execute(new Inspection(name, this::view, view));
        return view;
    }

    /// Reports the channel's readiness to `handler` until the channel is closed.
    ///
    /// @param ops interest set; change it through the returned key
    public SelectionKey register(SelectableChannel channel, int ops, ChannelHandler handler)
            throws IOException {
        assertInLoop();
        return channel.register(selector, ops, handler);
    }

    /// Calls `handler.onReady` in the next turn, independent of the selector. A channel needs this
    /// if it holds bytes from its socket, or has more work than one turn allows.
    ///
    /// @param readyOps passed to the handler
    public void again(ChannelHandler handler, int readyOps) {
        assertInLoop();
        dispatch.ready().add(handler, readyOps);
    }

    /// The rest of the budget of the current channel in this turn.
    public TurnBudget budget() {
        return dispatch.budget();
    }

    /// Calls `handler.onDeadline` once, no earlier than `atNanos` on this loop's ticker.
    public Deadline scheduleAt(long atNanos, DeadlineHandler handler) {
        return schedule(new Deadline(atNanos, handler));
    }

    /// Calls `handler.onDeadline` once, up to 5 ms before or after `atNanos` on this loop's ticker
    /// where that saves a wake. A group of such deadlines then passes in one turn.
    public Deadline scheduleNear(long atNanos, DeadlineHandler handler) {
        return schedule(new NearDeadline(atNanos, handler));
    }

    private Deadline schedule(Deadline deadline) {
        assertInLoop();
        dispatch.deadlines().add(deadline);
        return deadline;
    }

    /// Has a deadline that fires now call its handler once more; to be called by that handler. It
    /// saves a new deadline for each run of what is repeated.
    public void scheduleAgain(Deadline fired, long atNanos) {
        assertInLoop();
        fired.move(atNanos);
        dispatch.deadlines().add(fired);
    }

    /// Takes a deadline back; does nothing when it has fired or was taken back before.
    public void cancel(Deadline deadline) {
        assertInLoop();
        dispatch.deadlines().remove(deadline);
    }

    /// Closes a channel soon: at once where it was never registered, else in its turn.
    public void close(SelectableChannel channel) {
        assertInLoop();
        closes.add(channel);
    }

    public boolean isInLoop() {
        return Thread.currentThread().equals(thread);
    }

    public boolean isClosing() {
        return closing;
    }

    public void assertInLoop() {
        if (!isInLoop()) {
            String caller = Thread.currentThread().getName();
            throw new IllegalStateException("not on " + name + ": " + caller);
        }
    }

    public Ticker ticker() {
        return ticker;
    }

    /// How long, at most, an event that is handled at `nowNanos` has been waiting for this loop.
    public long lagNanos(long nowNanos) {
        assertInLoop();
        return clock.lagNanos(nowNanos);
    }

    /// Asks the loop to end. The loop notifies everything that it holds and closes its selector. A
    /// started loop does this soon on its own thread; one driven by hand does it here.
    @Override
    public void close() {
        closing = true;
        if (started) {
            selector.wakeup();
        } else {
            turn();
        }
    }

    /// Waits until a started loop has ended.
    ///
    /// @return whether it has
    boolean join(long millis) throws InterruptedException {
        Thread own = thread;
        if (own != null && !own.equals(Thread.currentThread())) {
            own.join(millis);
            return !own.isAlive();
        }
        return inbox.hasEnded();
    }

    /// One turn on the calling thread without waiting, for a loop driven by hand.
    public void turn() {
        if (thread == null) {
            thread = Thread.currentThread();
        }
        assertInLoop();
        if (inbox.hasEnded()) {
            return;
        }
        if (closing) {
            shutDown();
            return;
        }
        turn(false);
    }

    private void runUntilClosed() {
        while (!closing) {
            turn(true);
        }
        shutDown();
    }

    private void turn(boolean mayWait) {
        int before = dispatch.ready().size();
        boolean isRest = dispatch.hasPostponed();
        long startedNanos = isRest ? ticker.read() : selected(mayWait);
        dispatch.fireAgain(before);
        dispatch.fireDeadlines(!isRest && clock.hasSlept());
        inbox.drain(COMMANDS_PER_TURN, dispatch);
        closes.drain(CLOSES_PER_TURN, dispatch);
        long nowNanos = ticker.read();
        lag.record(nowNanos, nowNanos - startedNanos);
    }

    /// Asks the selector and calls the handlers of ready channels.
    ///
    /// @return when the selector came back
    private long selected(boolean mayWait) {
        try {
            select(mayWait);
        } catch (IOException | RuntimeException e) {
            noteReturn();
            failures.note(e, mayWait);
        }
        return clock.selectedNanos();
    }

    private void select(boolean mayWait) throws IOException {
        clock.enter();
        if (!mayWait || !inbox.isEmpty() || !closes.isEmpty() || !dispatch.ready().isEmpty()) {
            selector.selectNow(this::fireReady);
        } else {
            sleepingSelect();
        }
        noteReturn();
    }

    /// Called when the first ready key comes out of the selector, or when none did.
    private void noteReturn() {
        if (clock.returned()) {
            inbox.wakeUp();
            dispatch.begin(clock.selectedNanos());
        }
    }

    private void sleepingSelect() throws IOException {
        if (!inbox.fallAsleep() || closing) {
            selector.selectNow(this::fireReady);
            return;
        }
        Long wakeNanos = dispatch.deadlines().wakeNanos();
        if (wakeNanos == null) {
            selector.select(this::fireReady);
            return;
        }
        // select(0) would mean "for ever", so a deadline due now must not reach it; never early.
        long waitNanos = wakeNanos - ticker.read();
        if (waitNanos <= 0) {
            selector.selectNow(this::fireReady);
        } else {
            selector.select(this::fireReady, TimeUnit.NANOSECONDS.toMillis(waitNanos + 999_999));
        }
    }

    private void fireReady(SelectionKey key) {
        noteReturn();
        ChannelHandler handler = (ChannelHandler) key.attachment();
        try {
            dispatch.fireReady(handler, key.readyOps());
        } catch (CancelledKeyException _) {
            // Somebody closed the channel earlier in this pass, and has reported it.
        }
    }

    private LoopView view() {
        return new LoopView(
                name,
                selector.keys().size(),
                dispatch.deadlines().size(),
                lag.longestNanos(ticker.read()));
    }

    private void shutDown() {
        // A handler may add a command while the loop closes; the last drain refuses it.
        List.copyOf(selector.keys())
                .forEach(key -> Dispatch.tellClosed((Handler) key.attachment()));
        dispatch.close();
        inbox.end();
        closes.closeAll();
        try {
            selector.close();
        } catch (IOException e) {
            log.atWarn().addKeyValue("loop", name).setCause(e).log("selector did not close");
        }
    }
}
