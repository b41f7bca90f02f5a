package dev.sonde.attempt;

import dev.sonde.eventloop.Command;
import dev.sonde.eventloop.Deadline;
import dev.sonde.eventloop.Handler;
import dev.sonde.policy.Decision;
import dev.sonde.probe.AttemptResult;
import dev.sonde.probe.Evidence;
import dev.sonde.probe.NotProbedReason;
import dev.sonde.probe.Outcome;
import dev.sonde.probe.Phase;
import dev.sonde.probe.PhaseTime;
import dev.sonde.probe.ProbeSettings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// One try at one resolved address, from the policy's word to the outcome. Single use.
///
/// ```
/// Idle --begin--> (policy) --> Paced --token--> InLine --slot--> Connecting --answer--> Done
///                    |           |                |                  |------- deadline --> Done
///                    '- denied --+--- refused, ---+--- cancelled, ---+------ loop closed -> Done
/// ```
///
/// Confined to its loop's thread, so its fields are plain; only [#admitted] is called from
/// elsewhere. The first terminal event wins; every later one is ignored in [#finish], the only
/// place an attempt ends.
final class ProbeAttempt implements Handler {

    private sealed interface State {
        /// Not begun, or on the way from one wait to the next.
        record Idle() implements State {}

        /// Waits for its turn in the rate limits.
        record Paced() implements State {}

        /// Waits for a slot.
        record InLine() implements State {}

        record Connecting(Connect connect, long timeoutAtNanos) implements State {}

        record Done() implements State {}
    }

    private static final State IDLE = new State.Idle();
    private static final State PACED = new State.Paced();
    private static final State IN_LINE = new State.InLine();
    private static final State DONE = new State.Done();

    private final Engine engine;
    private final Lane lane;
    private final InetSocketAddress remote;
    private final ProbeSettings settings;
    private final Waited before;
    private final Consumer<AttemptResult> whenDone;
    private State state = IDLE;
    private boolean holdsSlot;
    private @Nullable Deadline deadline;

    /// What had passed when the address was known.
    ///
    /// @param submittedNanos when the probe was submitted
    /// @param resolveNanos how long the look-up took; absent for a literal
    record Waited(long submittedNanos, @Nullable Long resolveNanos) {}

    ProbeAttempt(
            Engine engine,
            Lane lane,
            InetSocketAddress remote,
            ProbeSettings settings,
            Waited before,
            Consumer<AttemptResult> whenDone) {
        this.engine = engine;
        this.lane = lane;
        this.remote = remote;
        this.settings = settings;
        this.before = before;
        this.whenDone = whenDone;
    }

    void begin() {
        Decision decision = engine.policy().decide(remote.getAddress(), remote.getPort());
        if (!decision.isAllowed()) {
            finish(notProbed(NotProbedReason.DENIED_BY_POLICY, null, decision.explanation()));
            return;
        }
        InetAddress source = settings.sourceAddress();
        if (source != null && Families.isIpv4(source) != Families.isIpv4(remote.getAddress())) {
            String detail = "the source address and the target are of different families";
            finish(notProbed(NotProbedReason.LOCAL_ERROR, null, detail));
            return;
        }
        pace();
    }

    void cancel(String detail) {
        finish(notProbed(NotProbedReason.CANCELLED, phase(), detail));
    }

    private void pace() {
        long nowNanos = lane.loop().ticker().read();
        long waitNanos = engine.pacer().reserve(remote.getAddress(), nowNanos);
        if (waitNanos == 0) {
            standInLine();
        } else if (waitNanos == Pacer.REFUSED || !engine.admission().beginPacing()) {
            finish(overloaded("the rate limits of sonde.engine leave no room for it"));
        } else {
            state = PACED;
            scheduleAt(nowNanos + waitNanos);
        }
    }

    private void standInLine() {
        switch (engine.admission().request(this)) {
            case ADMITTED -> {
                holdsSlot = true;
                connect();
            }
            case REFUSED -> finish(overloaded("the queue is full (sonde.engine.queue)"));
            case WAITING -> {
                state = IN_LINE;
                scheduleAt(lane.loop().ticker().read() + engine.queueTimeoutNanos());
            }
        }
    }

    /// A slot was given to this attempt. Called on the thread of whoever had it before.
    void admitted() {
        lane.loop().execute(new SlotArrived());
    }

    /// A slot on its way to this attempt, which may be gone by then. The slot comes back either
    /// way.
    private final class SlotArrived implements Command {

        @Override
        public void run() {
            holdsSlot = true;
            if (state instanceof State.Done) {
                releaseSlot();
                return;
            }
            cancelDeadline();
            connect();
        }

        @Override
        public void onLoopClosed() {
            holdsSlot = true;
            ProbeAttempt.this.onLoopClosed();
            releaseSlot();
        }
    }

    private void connect() {
        try {
            Connect connect = new Connect(lane, engine.errors(), remote, settings);
            long budgetNanos = settings.timeout().toNanos() - resolveNanos();
            long timeoutAtNanos =
                    connect.startedNanos()
                            + Math.max(budgetNanos, TimeUnit.MILLISECONDS.toNanos(1));
            state = new State.Connecting(connect, timeoutAtNanos);
            if (!endedBy(connect.start())) {
                connect.register(this);
                watch(connect, timeoutAtNanos);
            }
        } catch (IOException | RuntimeException e) {
            onFailure(e);
        }
    }

    private boolean endedBy(Connect.Progress progress) {
        if (progress instanceof Connect.Progress.Ended(Outcome outcome)) {
            finish(outcome);
            return true;
        }
        return false;
    }

    /// Wakes up at the timeout or, before that, when the kernel is due to have repeated the SYN.
    private void watch(Connect connect, long timeoutAtNanos) {
        long lookNanos = connect.lookAgainNanos();
        long lookAtNanos = lane.loop().ticker().read() + lookNanos;
        boolean looksAgain = lookNanos > 0 && lookAtNanos - timeoutAtNanos < 0;
        scheduleAt(looksAgain ? lookAtNanos : timeoutAtNanos);
    }

    @Override
    public void onReady(int readyOps) {
        if (state instanceof State.Connecting(Connect connect, _)) {
            endedBy(connect.ask(Connect.Occasion.READY));
        }
    }

    @Override
    public void onDeadline(Deadline passed) {
        deadline = null;
        switch (state) {
            case State.Paced _ -> {
                engine.admission().endPacing();
                state = IDLE;
                standInLine();
            }
            case State.InLine _ ->
                    finish(overloaded("no slot was free within sonde.engine.queue-timeout"));
            case State.Connecting(Connect connect, long timeoutAtNanos) -> {
                // An answer that came in the meantime wins over the deadline.
                if (!endedBy(connect.ask(Connect.Occasion.DEADLINE))) {
                    giveUpOrWatch(connect, timeoutAtNanos);
                }
            }
            case State.Idle _, State.Done _ -> {}
        }
    }

    private void giveUpOrWatch(Connect connect, long timeoutAtNanos) {
        if (lane.loop().ticker().read() - timeoutAtNanos >= 0) {
            finish(Unanswered.outcome(settings.timeout(), connect.timeline(), connect.evidence()));
        } else {
            watch(connect, timeoutAtNanos);
        }
    }

    @Override
    public void onFailure(Exception cause) {
        finish(ConnectErrors.ofSourceBind(engine.errors().errnoOf(cause, 0)));
    }

    @Override
    public void onLoopClosed() {
        cancel("the service is shutting down");
    }

    private void finish(Outcome outcome) {
        State ended = state;
        if (ended instanceof State.Done) {
            return;
        }
        state = DONE;
        cancelDeadline();
        AttemptResult result =
                switch (ended) {
                    case State.Connecting(Connect connect, _) -> close(connect, outcome);
                    case State.Paced _ -> {
                        engine.admission().endPacing();
                        yield unconnected(outcome);
                    }
                    case State.InLine _ -> {
                        engine.admission().withdraw(this);
                        yield unconnected(outcome);
                    }
                    case State.Idle _, State.Done _ -> unconnected(outcome);
                };
        releaseSlot();
        whenDone.accept(result);
    }

    private AttemptResult close(Connect connect, Outcome outcome) {
        long connectNanos = connect.tookNanos();
        Evidence evidence = connect.evidence();
        connect.close();
        return new AttemptResult(
                remote,
                connect.local(),
                withRemark(outcome, connectNanos + resolveNanos()),
                phases(connect.startedNanos(), connectNanos),
                evidence,
                connect.timeline(),
                connect.startedNanos());
    }

    private Outcome withRemark(Outcome outcome, long tookNanos) {
        long lateNanos = tookNanos - settings.timeout().toNanos();
        return lateNanos > 0 && outcome instanceof Outcome.Succeeded
                ? new Outcome.Succeeded(
                        "connected; the event loop saw it %d us after the timeout"
                                .formatted(lateNanos / 1_000))
                : outcome;
    }

    private AttemptResult unconnected(Outcome outcome) {
        return AttemptResult.unconnected(
                remote, outcome, phases(lane.loop().ticker().read(), null));
    }

    /// What is neither the look-up nor the connect was the prober's own delay.
    private List<PhaseTime> phases(long waitedUntilNanos, @Nullable Long connectNanos) {
        long waitedNanos = waitedUntilNanos - before.submittedNanos() - resolveNanos();
        PhaseTime queue = new PhaseTime(Phase.QUEUE, Math.max(0, waitedNanos));
        if (before.resolveNanos() != null) {
            PhaseTime resolve = new PhaseTime(Phase.RESOLVE, before.resolveNanos());
            return connectNanos == null
                    ? List.of(queue, resolve)
                    : List.of(queue, resolve, new PhaseTime(Phase.CONNECT, connectNanos));
        }
        return connectNanos == null
                ? List.of(queue)
                : List.of(queue, new PhaseTime(Phase.CONNECT, connectNanos));
    }

    private long resolveNanos() {
        return before.resolveNanos() == null ? 0 : before.resolveNanos();
    }

    private Phase phase() {
        return state instanceof State.Connecting ? Phase.CONNECT : Phase.QUEUE;
    }

    private void releaseSlot() {
        if (holdsSlot) {
            holdsSlot = false;
            engine.admission().release();
        }
    }

    private void scheduleAt(long atNanos) {
        deadline = lane.loop().scheduleAt(atNanos, this);
    }

    private void cancelDeadline() {
        if (deadline != null) {
            lane.loop().cancel(deadline);
            deadline = null;
        }
    }

    private static Outcome overloaded(String detail) {
        return notProbed(NotProbedReason.OVERLOADED, Phase.QUEUE, detail);
    }

    private static Outcome notProbed(NotProbedReason reason, @Nullable Phase phase, String detail) {
        return new Outcome.NotProbed(reason, phase, detail);
    }
}
