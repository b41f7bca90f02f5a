package dev.sonde.check;

import dev.sonde.attempt.Origin;
import dev.sonde.attempt.ProbeRunner;
import dev.sonde.attempt.RunningProbe;
import dev.sonde.eventloop.EventLoopGroup;
import dev.sonde.probe.finding.ProbeResult;
import dev.sonde.probe.keeping.Page;
import dev.sonde.probe.spec.ProbeSettings;
import dev.sonde.probe.spec.Target;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One check: many targets probed once, with a bound on those in flight and on starts a second.
/// Safe for any thread.
///
/// The thread that brings a result takes the next target under the same lock and starts it. This is
/// the event loop of the ended probe, so no wakeup is needed.
public final class CheckRun {

    private static final Logger log = LoggerFactory.getLogger(CheckRun.class);

    /// The most probes in a row that a thread replaces when each ends within its own start. Other
    /// work then has its turn.
    private static final int REPLACED_AT_ONCE = 64;

    private final UUID id;
    private final Instant createdAt;
    private final Origin origin;
    private final ProbeSettings settings;
    private final int concurrency;
    private final ProbeRunner runner;
    private final EventLoopGroup loops;
    private final ResultBuffer outlet;
    private final @Nullable CheckPacer pacer;
    private final Tally tally;
    private final CompletableFuture<CheckRun> ended = new CompletableFuture<>();

    /// Guards the mutable fields below and every method that names this lock.
    private final Object lock = new Object();

    private final FlightSlots slots;
    private final FlightSlots.Holder held;
    private final TargetCursor targets;
    private final RunningTargets flights = new RunningTargets();
    private final ReaderWait reader;
    private CheckState state = CheckState.RUNNING;
    private Runnable whenEnded = () -> {};

    /// Written under the lock, read by launchers without.
    private volatile boolean isCancelled;

    CheckRun(Identity identity, CheckSpec spec, Ports ports, ResultBuffer outlet) {
        this.id = identity.id();
        this.createdAt = identity.createdAt();
        this.origin = Origin.ofCheck(identity.caller());
        this.settings = spec.settings();
        this.concurrency = spec.concurrency();
        this.runner = ports.runner();
        this.loops = ports.loops();
        this.slots = ports.slots();
        this.held = new FlightSlots.Holder(identity.caller(), this::startMore);
        this.outlet = outlet;
        this.targets = new TargetCursor(spec.targets());
        this.reader = new ReaderWait(lock, loops.ticker(), this::isShort);
        this.tally = new Tally(spec.total(), loops.ticker());
        Integer rate = spec.ratePerSecond();
        this.pacer = rate == null ? null : new CheckPacer(loops.next(), rate, this);
    }

    /// The resources that all checks share.
    record Ports(ProbeRunner runner, EventLoopGroup loops, FlightSlots slots) {}

    /// Begins.
    ///
    /// @param whenEnded run once, before waiting callers are notified of the end; must not block
    void start(Runnable whenEnded) {
        synchronized (lock) {
            this.whenEnded = whenEnded;
        }
        slots.enter(held);
        startMore();
        slots.wake();
    }

    /// The identity of a check.
    ///
    /// @param caller name of the caller; absent for an anonymous one
    record Identity(UUID id, Instant createdAt, @Nullable String caller) {}

    public UUID id() {
        return id;
    }

    public Instant createdAt() {
        return createdAt;
    }

    /// Gives back the heap of its results. They are not read after this call.
    public void release() {
        synchronized (lock) {
            outlet.release();
        }
    }

    /// State and numbers of the same instant.
    public CheckProgress progress() {
        synchronized (lock) {
            return new CheckProgress(state, tally.summary());
        }
    }

    /// Completes when the check has ended, on the thread that ended it: often an event loop's.
    public CompletableFuture<CheckRun> ended() {
        return ended;
    }

    /// Stops the check. Probes in flight end as `cancelled`; targets that have not started are not
    /// probed.
    ///
    /// @return false when it had ended or was cancelled before
    public boolean cancel() {
        List<RunningTarget> flying;
        boolean isOver;
        synchronized (lock) {
            if (isCancelled || state != CheckState.RUNNING) {
                return false;
            }
            isCancelled = true;
            flying = flights.toList();
            isOver = endIfOver();
        }
        flying.forEach(RunningTarget::cancel);
        complete(isOver);
        return true;
    }

    /// The kept results from a position on; absent for a streamed check, which keeps none.
    public @Nullable Page<ProbeResult> page(int from, int limit, Predicate<ProbeResult> wanted) {
        return outlet instanceof ResultLog kept ? kept.page(from, limit, wanted) : null;
    }

    /// The results of a streamed check that have come since the last call. It waits for the first,
    /// and then a moment for more. Empty when all have been taken. Called by one thread, not an
    /// event loop's.
    public List<ProbeResult> take() throws InterruptedException {
        if (!(outlet instanceof ResultQueue queue)) {
            throw new IllegalStateException("only a streamed check hands its results out");
        }
        List<ProbeResult> taken;
        synchronized (lock) {
            reader.await();
            taken = queue.takeAll();
        }
        startMore();
        slots.wake();
        return taken;
    }

    /// Whether [#take] would have to wait, or has nothing more to give.
    public boolean isDrained() {
        synchronized (lock) {
            return !(outlet instanceof ResultQueue queue) || queue.isEmpty();
        }
    }

    boolean isCancelled() {
        return isCancelled;
    }

    boolean isRunning() {
        synchronized (lock) {
            return state == CheckState.RUNNING;
        }
    }

    /// Starts what may start now.
    void startMore() {
        for (RunningTarget flight = claimLocked(); flight != null; flight = claimLocked()) {
            launch(flight);
        }
    }

    RunningProbe probe(Target target, RunningTarget flight) {
        return runner.run(origin, target, settings, flight);
    }

    void launch(@Nullable RunningTarget first) {
        int launched = 0;
        for (RunningTarget flight = first; flight != null; ) {
            if (++launched > REPLACED_AT_ONCE) {
                loops.next().execute(flight);
                return;
            }
            flight = tryLaunch(flight);
        }
    }

    /// Takes a result in.
    ///
    /// @return the flight that takes the ended one's place, still to be launched
    @Nullable RunningTarget land(RunningTarget flight, ProbeResult result) {
        RunningTarget follower;
        boolean isOver;
        synchronized (lock) {
            remove(flight);
            tally.count(result.outcome());
            outlet.add(result);
            follower = claim();
            isOver = endIfOver();
            reader.wake();
        }
        complete(isOver);
        if (follower == null) {
            slots.wake();
        }
        return follower;
    }

    /// Gives a flight up that never started; its target counts as not probed.
    void abandon(RunningTarget flight) {
        boolean isOver;
        synchronized (lock) {
            remove(flight);
            isOver = endIfOver();
        }
        complete(isOver);
        slots.wake();
        cancel();
    }

    private void remove(RunningTarget flight) {
        if (flights.remove(flight)) {
            slots.giveBack(held);
        }
    }

    private @Nullable RunningTarget tryLaunch(RunningTarget flight) {
        try {
            return flight.launch();
        } catch (RuntimeException e) {
            log.atError().addKeyValue("check", id).setCause(e).log("a probe could not be started");
            abandon(flight);
            return null;
        }
    }

    private @Nullable RunningTarget claimLocked() {
        synchronized (lock) {
            return claim();
        }
    }

    private @Nullable RunningTarget claim() {
        if (isCancelled
                || !targets.hasNext()
                || flights.size() >= concurrency
                || !outlet.hasRoom(flights.size())
                || !slots.tryTake(held)) {
            return null;
        }
        if (pacer != null && !pacer.admits()) {
            slots.giveBack(held);
            return null;
        }
        RunningTarget flight = new RunningTarget(this, targets.next());
        flights.add(flight);
        return flight;
    }

    private boolean endIfOver() {
        if (state != CheckState.RUNNING
                || flights.size() > 0
                || (targets.hasNext() && !isCancelled)) {
            return false;
        }
        state = isCancelled ? CheckState.CANCELLED : CheckState.DONE;
        tally.end();
        targets.drop();
        slots.leave(held);
        return true;
    }

    /// Whether fewer results than these wait, and more can come before they are taken.
    private boolean isShort(int results) {
        return state == CheckState.RUNNING
                && outlet instanceof ResultQueue queue
                && (queue.isEmpty() || (queue.size() < results && queue.hasRoom(flights.size())));
    }

    private void complete(boolean isOver) {
        if (isOver) {
            Runnable told;
            synchronized (lock) {
                told = whenEnded;
                reader.wake();
            }
            told.run();
            ended.complete(this);
        }
    }
}
