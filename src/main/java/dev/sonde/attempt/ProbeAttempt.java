package dev.sonde.attempt;

import dev.sonde.attempt.admission.AdmissionTicket;
import dev.sonde.attempt.admission.Claim;
import dev.sonde.attempt.connect.Connect;
import dev.sonde.attempt.connect.ConnectErrors;
import dev.sonde.attempt.connect.Occasion;
import dev.sonde.attempt.step.Connection;
import dev.sonde.attempt.step.SecondConnect;
import dev.sonde.attempt.step.Step;
import dev.sonde.attempt.step.Steps;
import dev.sonde.eventloop.ChannelHandler;
import dev.sonde.eventloop.Command;
import dev.sonde.eventloop.Deadline;
import dev.sonde.eventloop.DeadlineHandler;
import dev.sonde.probe.finding.AttemptResult;
import dev.sonde.probe.finding.NotProbedReason;
import dev.sonde.probe.finding.Outcome;
import dev.sonde.probe.spec.Phase;
import dev.sonde.probe.spec.ProbeSettings;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One try at one resolved address, from the policy's decision to the outcome. Single use.
///
/// ```
/// Idle --begin--> (policy) --> Queued --slot--> Connecting --answer--> Stepping --passed--> Done
///                    |           |                  |    '--no steps--> Done |
///                    |           |                  |                        |
///                    '- denied --+--- refused, -----+--- deadline, cancelled, loop closed --> Done
/// ```
///
/// Confined to its loop's thread, so its fields are plain. Only [#admitted] is called on another
/// thread. The first terminal event wins; every later one is ignored in [#finish], the only place
/// an attempt ends.
final class ProbeAttempt
        implements ChannelHandler, DeadlineHandler, AdmissionTicket.Holder, ProbeRun.Part {

    private static final Logger log = LoggerFactory.getLogger(ProbeAttempt.class);

    private static final AttemptState IDLE = new AttemptState.Idle();
    private static final AttemptState QUEUED = new AttemptState.Queued();
    private static final AttemptState DONE = new AttemptState.Done();

    private final EngineLane place;
    private final InetSocketAddress remote;
    private final ProbeSettings settings;
    private final TimesBeforeConnect before;
    private final Consumer<AttemptResult> whenDone;
    private final AdmissionTicket turn;
    private AttemptState state = IDLE;
    private long timeoutAtNanos;
    private @Nullable Deadline deadline;

    ProbeAttempt(
            EngineLane place,
            InetSocketAddress remote,
            ProbeSettings settings,
            TimesBeforeConnect before,
            Consumer<AttemptResult> whenDone) {
        this.place = place;
        this.remote = remote;
        this.settings = settings;
        this.before = before;
        this.whenDone = whenDone;
        this.turn =
                new AdmissionTicket(
                        place.engine().admission(), place.engine().pacer(), before.claim(), this);
    }

    void begin() {
        Outcome refused = place.engine().refusal(remote, settings);
        if (refused != null) {
            finish(refused);
            return;
        }
        state = QUEUED;
        goOn(turn.begin(remote.getAddress(), place.now()));
    }

    /// A further attempt at the same address, a plain connect.
    private SecondConnect.Running again(Duration timeout, Consumer<AttemptResult> whenSecondDone) {
        ProbeSettings plain = settings.withSteps(List.of()).withTimeout(timeout);
        Claim claim = before.claim().beside(place.engine().queueTimeoutNanos());
        var known = new TimesBeforeConnect.OfAddress(claim, place.now());
        ProbeAttempt second = new ProbeAttempt(place, remote, plain, known, whenSecondDone);
        second.begin();
        return second::cancel;
    }

    @Override
    public void cancel(String detail) {
        finish(notProbed(NotProbedReason.CANCELLED, state.phase(), detail));
    }

    private void goOn(AdmissionTicket.Answer answer) {
        switch (answer) {
            case AdmissionTicket.Answer.Granted _ -> connect();
            case AdmissionTicket.Answer.Waits(long untilNanos) -> scheduleAt(untilNanos);
            case AdmissionTicket.Answer.Refused(String why) ->
                    finish(notProbed(NotProbedReason.OVERLOADED, Phase.QUEUE, why));
        }
    }

    /// A slot was given to this attempt. Called on the thread of its previous holder.
    @Override
    public void admitted() {
        place.loop().execute(Command.of(this::connectWithSlot, this::endWithSlot));
    }

    /// The slot has come. This attempt may be gone by then.
    private void connectWithSlot() {
        if (turn.take()) {
            cancelDeadline();
            connect();
        }
    }

    private void endWithSlot() {
        if (turn.take()) {
            onLoopClosed();
        }
    }

    private void connect() {
        try {
            Connect connect = place.engine().connect(place.lane(), remote, settings);
            long budgetNanos = settings.timeout().toNanos() - before.resolvedNanos();
            timeoutAtNanos =
                    connect.startedNanos()
                            + Math.max(budgetNanos, TimeUnit.MILLISECONDS.toNanos(1));
            Connect.Progress progress = connect.start();
            if (progress instanceof Connect.Progress.Connected && settings.steps().isEmpty()) {
                // As most attempts: it never needs a state of its own.
                state = DONE;
                deliver(connected(connect, null, connect.success()));
                return;
            }
            state = new AttemptState.Connecting(connect);
            if (isPending(connect, progress)) {
                connect.register(this);
                watch(connect);
            }
        } catch (IOException | RuntimeException e) {
            onFailure(e);
        }
    }

    /// Goes on where the connect has an answer.
    private boolean isPending(Connect connect, Connect.Progress progress) {
        return switch (progress) {
            case Connect.Progress.Pending _ -> true;
            case Connect.Progress.Connected _ -> {
                connected(connect);
                yield false;
            }
            case Connect.Progress.Ended(Outcome outcome) -> {
                finish(outcome);
                yield false;
            }
        };
    }

    private void connected(Connect connect) {
        if (settings.steps().isEmpty()) {
            finish(connect.success());
            return;
        }
        connect.keep();
        Connection connection =
                new Connection(connect, this, place.engine().second(this::again), timeoutAtNanos);
        long connectedNanos = connect.startedNanos() + connect.tookNanos();
        Steps steps = new Steps(connection, place.engine().tls(), settings, connectedNanos);
        state = new AttemptState.Stepping(connect, steps);
        take(steps::begin);
    }

    /// The action of a step, which may break the connection.
    private interface Move {
        Step.Progress make() throws IOException;
    }

    private void take(Move move) {
        try {
            follow(move.make());
        } catch (IOException | RuntimeException e) {
            onFailure(e);
        }
    }

    private void follow(Step.Progress progress) {
        switch (progress) {
            case Step.Progress.Waiting(_, long wakeAtNanos) -> reschedule(wakeAtNanos);
            case Step.Progress.Detour _ ->
                    throw new IllegalStateException("a detour is the steps' own matter");
            case Step.Progress.Passed(String remark) -> finish(new Outcome.Succeeded(remark));
            case Step.Progress.Ended(Outcome outcome) -> finish(outcome);
        }
    }

    /// Wakes up at the timeout or, before that, when the kernel is due to have repeated the SYN.
    private void watch(Connect connect) {
        long lookNanos = connect.lookAgainNanos();
        long lookAtNanos = place.now() + lookNanos;
        boolean looksAgain = lookNanos > 0 && lookAtNanos - timeoutAtNanos < 0;
        scheduleAt(looksAgain ? lookAtNanos : timeoutAtNanos);
    }

    @Override
    public void onReady(int readyOps) {
        switch (state) {
            case AttemptState.Connecting(Connect connect) -> {
                boolean _ = isPending(connect, connect.ask(Occasion.READY));
            }
            case AttemptState.Stepping(_, Steps steps) -> take(() -> steps.onReady(readyOps));
            case AttemptState.Idle _, AttemptState.Queued _, AttemptState.Done _ -> {}
        }
    }

    @Override
    public void onDeadline(Deadline passed) {
        deadline = null;
        switch (state) {
            case AttemptState.Queued _ -> goOn(turn.goOn(place.now()));
            case AttemptState.Connecting(Connect connect) -> {
                // An answer that came in the meantime wins over the deadline.
                if (isPending(connect, connect.ask(Occasion.DEADLINE))) {
                    giveUpOrWatch(connect);
                }
            }
            case AttemptState.Stepping(_, Steps steps) -> take(steps::onDeadline);
            case AttemptState.Idle _, AttemptState.Done _ -> {}
        }
    }

    private void giveUpOrWatch(Connect connect) {
        if (place.now() - timeoutAtNanos >= 0) {
            finish(connect.unanswered());
        } else {
            watch(connect);
        }
    }

    @Override
    public void onFailure(Exception cause) {
        if (state instanceof AttemptState.Stepping(_, Steps steps)) {
            broke(steps, cause);
        } else {
            finish(ConnectErrors.ofSourceBind(place.engine().errors().errnoOf(cause, 0)));
        }
    }

    /// The step judges an error of the connection. Any other error is the prober's own.
    private void broke(Steps steps, Exception cause) {
        if (!(cause instanceof IOException broken)) {
            finish(ours(steps.phase(), cause));
            return;
        }
        try {
            follow(steps.onBroken(broken, place.engine().errors()));
        } catch (IOException | RuntimeException again) {
            finish(ours(steps.phase(), again));
        }
    }

    private static Outcome ours(Phase phase, Exception cause) {
        log.atError().setCause(cause).log("an attempt failed unexpectedly");
        return ConnectErrors.unexpected(phase);
    }

    @Override
    public void onLoopClosed() {
        cancel("the service is shutting down");
    }

    private void finish(Outcome outcome) {
        AttemptState ended = state;
        if (ended instanceof AttemptState.Done) {
            return;
        }
        state = DONE;
        cancelDeadline();
        deliver(
                switch (ended) {
                    case AttemptState.Connecting(Connect connect) ->
                            connected(connect, null, place.engine().explained(connect, outcome));
                    case AttemptState.Stepping(Connect connect, Steps steps) ->
                            connected(connect, steps, outcome);
                    case AttemptState.Idle _, AttemptState.Queued _, AttemptState.Done _ ->
                            before.unconnected(remote, outcome, place.now());
                });
    }

    private void deliver(AttemptResult result) {
        turn.leave();
        whenDone.accept(result);
    }

    private AttemptResult connected(Connect connect, @Nullable Steps steps, Outcome outcome) {
        long lateNanos =
                connect.tookNanos() + before.resolvedNanos() - settings.timeout().toNanos();
        return before.connected(remote, connect, steps, withRemark(outcome, lateNanos));
    }

    private static Outcome withRemark(Outcome outcome, long lateNanos) {
        return lateNanos > 0 && outcome instanceof Outcome.Succeeded(String remark)
                ? new Outcome.Succeeded(
                        "connected; the event loop saw it %d us after the timeout%s"
                                .formatted(lateNanos / 1_000, remark == null ? "" : "; " + remark))
                : outcome;
    }

    private void reschedule(long atNanos) {
        if (deadline == null || deadline.atNanos() != atNanos) {
            cancelDeadline();
            scheduleAt(atNanos);
        }
    }

    private void scheduleAt(long atNanos) {
        deadline = place.loop().scheduleAt(atNanos, this);
    }

    private void cancelDeadline() {
        if (deadline != null) {
            place.loop().cancel(deadline);
            deadline = null;
        }
    }

    private static Outcome notProbed(NotProbedReason reason, @Nullable Phase phase, String detail) {
        return new Outcome.NotProbed(reason, phase, detail);
    }
}
