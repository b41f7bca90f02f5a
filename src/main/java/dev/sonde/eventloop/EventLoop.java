package dev.sonde.eventloop;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One thread, one selector, one deadline queue, one inbox.
///
/// **Ownership.** [#execute], [#inspect], [#isInLoop] and [#close] may be called from any thread.
/// Everything else runs on the loop's own thread and checks that it does; nothing registered here
/// needs a lock.
///
/// **Containment.** Whatever one [Handler] throws, errors included, reaches that handler's
/// `onFailure` and stops there. The loop ends only by [#close], and then everything it held is
/// told.
///
/// **Fairness.** A turn is: readiness, due deadlines, a bounded number of commands, a bounded
/// number of closes (taking a channel out of the selector costs about 10 us).
///
/// A loop that was never started can be driven by a test, on the test's own thread, with [#turn].
public final class EventLoop implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(EventLoop.class);

    static final int COMMANDS_PER_TURN = 64;
    static final int CLOSES_PER_TURN = 64;

    /// A selector that took longer than this to come back had nothing ready when it was asked.
    private static final long SLEPT_NANOS = TimeUnit.MICROSECONDS.toNanos(100);

    private final String name;
    private final Ticker ticker;
    private final Selector selector;
    private final Queue<Command> inbox = new ConcurrentLinkedQueue<>();
    private final DeadlineQueue deadlines = new DeadlineQueue();
    private final Queue<SelectableChannel> closes = new ArrayDeque<>();
    private final LagWindow lag;

    /// True while the loop's thread sleeps in `select`, or is about to. Set by the loop; whoever
    /// turns it back first, the loop or a submitter, decides whether a wakeup is needed.
    private final AtomicBoolean asleep = new AtomicBoolean();

    /// The loop's thread: set by [#start] or by the first [#turn], read by every thread.
    private volatile @Nullable Thread thread;

    /// Whether the loop has a thread of its own. Set before that thread exists, read by closers.
    private volatile boolean started;

    /// Written by [#close] on any thread, read by the loop.
    private volatile boolean closing;

    /// Written by the loop when it takes its last look at the inbox, read by submitters.
    private volatile boolean ended;

    public EventLoop(String name, Ticker ticker) {
        this.name = name;
        this.ticker = ticker;
        this.selectedNanos = ticker.read();
        this.lag = new LagWindow(selectedNanos);
        try {
            this.selector = Selector.open();
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
        inbox.add(command);
        // Added before `ended` was read: either the loop's last drain sees it or this one does.
        if (ended) {
            refuseInbox();
            return;
        }
        if (asleep.get() && asleep.compareAndSet(true, false)) {
            selector.wakeup();
        }
    }

    /// A view of the loop made by the loop itself; completes exceptionally when the loop has
    /// closed.
    public CompletableFuture<LoopView> inspect() {
        CompletableFuture<LoopView> view = new CompletableFuture<>();
        execute(
                new Command() {
                    @Override
                    public void run() {
                        view.complete(view());
                    }

                    @Override
                    public void onLoopClosed() {
                        view.completeExceptionally(new IllegalStateException(name + " is closed"));
                    }
                });
        return view;
    }

    /// Tells `handler` of the channel's readiness until the channel is closed.
    ///
    /// @param ops interest set; change it through the returned key
    public SelectionKey register(SelectableChannel channel, int ops, Handler handler)
            throws IOException {
        assertInLoop();
        return channel.register(selector, ops, handler);
    }

    /// Calls `handler.onDeadline` once, no earlier than `atNanos` on this loop's ticker.
    public Deadline scheduleAt(long atNanos, Handler handler) {
        assertInLoop();
        Deadline deadline = new Deadline(atNanos, handler);
        deadlines.add(deadline);
        return deadline;
    }

    /// Takes a deadline back; does nothing when it has fired or was taken back before.
    public void cancel(Deadline deadline) {
        assertInLoop();
        deadlines.remove(deadline);
    }

    /// Closes a channel soon: at once where it was never registered, else in its turn.
    public void close(SelectableChannel channel) {
        assertInLoop();
        if (channel.isRegistered()) {
            closes.add(channel);
        } else {
            closeNow(channel);
        }
    }

    public boolean isInLoop() {
        return Thread.currentThread().equals(thread);
    }

    public boolean isClosing() {
        return closing;
    }

    public void assertInLoop() {
        if (!isInLoop()) {
            throw new IllegalStateException(
                    "not on " + name + ": " + Thread.currentThread().getName());
        }
    }

    public Ticker ticker() {
        return ticker;
    }

    /// How long, at most, an event that is handled at `nowNanos` has been waiting for this loop.
    public long lagNanos(long nowNanos) {
        assertInLoop();
        return Math.max(0, nowNanos - quietNanos);
    }

    /// Asks the loop to end: it tells everything that it holds and closes its selector. A started
    /// loop does so on its own thread, soon; one driven by hand does so here.
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
        return ended;
    }

    /// One turn on the calling thread, without waiting for anything: for a loop driven by hand.
    public void turn() {
        if (thread == null) {
            thread = Thread.currentThread();
        }
        assertInLoop();
        if (ended) {
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
        try {
            select(mayWait);
        } catch (IOException e) {
            asleep.set(false);
            log.atError().addKeyValue("loop", name).setCause(e).log("select failed");
        }
        long startedNanos = selectedNanos;
        fireDeadlines();
        drainInbox();
        drainCloses();
        long nowNanos = ticker.read();
        lag.record(nowNanos, nowNanos - startedNanos);
    }

    /// When the selector came back in this turn.
    private long selectedNanos;

    /// Up to when it is known that nothing was ready: the selector's return if it slept before
    /// that, else its return in the turn before.
    private long quietNanos;

    private long enteredNanos;
    private boolean returned;

    private void select(boolean mayWait) throws IOException {
        enteredNanos = ticker.read();
        quietNanos = selectedNanos;
        returned = false;
        if (!mayWait || !inbox.isEmpty() || !closes.isEmpty()) {
            selector.selectNow(this::fireReady);
        } else {
            asleep.set(true);
            sleepingSelect();
        }
        noteReturn();
    }

    /// Called when the first ready key comes out of the selector, or when none did.
    private void noteReturn() {
        if (returned) {
            return;
        }
        returned = true;
        asleep.set(false);
        selectedNanos = ticker.read();
        if (selectedNanos - enteredNanos > SLEPT_NANOS) {
            quietNanos = selectedNanos;
        }
    }

    private void sleepingSelect() throws IOException {
        // Looked at again after `asleep` was set: a submitter that missed the flag is seen here.
        if (!inbox.isEmpty() || closing) {
            selector.selectNow(this::fireReady);
            return;
        }
        Deadline next = deadlines.peek();
        if (next == null) {
            selector.select(this::fireReady);
            return;
        }
        // select(0) would mean "for ever", so a deadline due now must not reach it; never early.
        long waitNanos = next.atNanos - ticker.read();
        if (waitNanos <= 0) {
            selector.selectNow(this::fireReady);
        } else {
            selector.select(this::fireReady, TimeUnit.NANOSECONDS.toMillis(waitNanos + 999_999));
        }
    }

    private void fireReady(SelectionKey key) {
        noteReturn();
        Handler handler = (Handler) key.attachment();
        int readyOps;
        try {
            readyOps = key.readyOps();
        } catch (CancelledKeyException _) {
            // Somebody closed the channel earlier in this pass, and has reported it.
            return;
        }
        try {
            handler.onReady(readyOps);
        } catch (Throwable e) {
            fail(handler, e);
        }
    }

    private void fireDeadlines() {
        long nowNanos = ticker.read();
        for (Deadline due = deadlines.peek();
                due != null && due.atNanos - nowNanos <= 0;
                due = deadlines.peek()) {
            deadlines.remove(due);
            try {
                due.handler.onDeadline(due);
            } catch (Throwable e) {
                fail(due.handler, e);
            }
        }
    }

    private void drainInbox() {
        for (int i = 0; i < COMMANDS_PER_TURN; i++) {
            Command command = inbox.poll();
            if (command == null) {
                return;
            }
            try {
                command.run();
            } catch (Throwable e) {
                log.atError().addKeyValue("loop", name).setCause(e).log("command failed");
            }
        }
    }

    private void drainCloses() {
        for (int i = 0; i < CLOSES_PER_TURN; i++) {
            SelectableChannel channel = closes.poll();
            if (channel == null) {
                return;
            }
            closeNow(channel);
        }
    }

    private static void closeNow(SelectableChannel channel) {
        try {
            channel.close();
        } catch (IOException e) {
            // The descriptor is released either way (close(2)); there is nothing left to do.
            log.atDebug().setCause(e).log("close reported an error");
        }
    }

    private LoopView view() {
        return new LoopView(
                name, selector.keys().size(), deadlines.size(), lag.longestNanos(ticker.read()));
    }

    private void shutDown() {
        // What handlers do when told may reach the inbox again; it is told in the last drain.
        List.copyOf(selector.keys()).forEach(key -> tellClosed((Handler) key.attachment()));
        deadlines.handlers().forEach(EventLoop::tellClosed);
        refuseInbox();
        ended = true;
        refuseInbox();
        closes.forEach(EventLoop::closeNow);
        closes.clear();
        try {
            selector.close();
        } catch (IOException e) {
            log.atWarn().addKeyValue("loop", name).setCause(e).log("selector did not close");
        }
    }

    private void refuseInbox() {
        for (Command command = inbox.poll(); command != null; command = inbox.poll()) {
            try {
                command.onLoopClosed();
            } catch (Throwable e) {
                log.atError().addKeyValue("loop", name).setCause(e).log("command failed at close");
            }
        }
    }

    private static void tellClosed(Handler handler) {
        try {
            handler.onLoopClosed();
        } catch (Throwable e) {
            log.atError().addKeyValue("handler", handler).setCause(e).log("failed at close");
        }
    }

    /// An error ends its handler, never the loop: at the limit of descriptors or of memory even a
    /// class can fail to load, and the others are still to be told.
    private static void fail(Handler handler, Throwable cause) {
        try {
            handler.onFailure(
                    cause instanceof Exception e
                            ? e
                            : new IllegalStateException("an error", cause));
        } catch (Throwable e) {
            e.addSuppressed(cause);
            log.atError().addKeyValue("handler", handler).setCause(e).log("failed to fail");
        }
    }
}
