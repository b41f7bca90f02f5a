package dev.sonde.attempt;

import dev.sonde.attempt.name.NameQuestion;
import dev.sonde.attempt.name.NameResolver;
import dev.sonde.attempt.name.Resolution;
import dev.sonde.eventloop.Command;
import dev.sonde.eventloop.Deadline;
import dev.sonde.eventloop.DeadlineHandler;
import dev.sonde.eventloop.EventLoop;
import dev.sonde.probe.finding.FailureReason;
import dev.sonde.probe.finding.Outcome;
import dev.sonde.probe.spec.Phase;
import dev.sonde.probe.spec.ProbeSettings;
import org.jspecify.annotations.Nullable;

/// The wait of a [ProbeRun] for the look-up of its name.
///
/// Confined to its loop's thread. The resolver's thread writes when it started.
final class NameWait implements DeadlineHandler {

    private final ProbeRun owner;
    private final EventLoop loop;
    private final NameResolver resolver;
    private final NameQuestion question;

    /// How long the look-up may take, and how long it may wait for its turn before that.
    private final long longestNanos;

    private NameResolver.@Nullable Waiting waiting;
    private @Nullable Deadline deadline;
    private Resolution.@Nullable Found found;

    /// When the look-up began: written by the resolver's thread, read by the loop.
    private volatile @Nullable Long startedNanos;

    NameWait(ProbeRun owner, EngineLane place, ProbeRun.Order order, ProbeSettings settings) {
        this.owner = owner;
        this.loop = place.loop();
        this.resolver = place.names().resolver();
        this.question =
                new NameQuestion(
                        order.share(),
                        order.target().host(),
                        settings.family(),
                        order.reuseNanos());
        this.longestNanos = Math.min(settings.timeout().toNanos(), place.names().timeoutNanos());
    }

    void begin() {
        deadline = loop.scheduleAt(owner.submittedNanos() + longestNanos, this);
        waiting =
                resolver.resolve(
                        question,
                        () -> startedNanos = loop.ticker().read(),
                        resolution -> loop.execute(new Resolved(resolution)));
    }

    /// Whether the look-up has not ended.
    boolean isRunning() {
        return deadline != null;
    }

    /// The addresses; absent before the end of the look-up and without an address.
    Resolution.@Nullable Found found() {
        return found;
    }

    /// Nanoseconds since the look-up began; 0 before.
    long tookNanos() {
        Long since = startedNanos;
        return since == null ? 0 : loop.ticker().read() - since;
    }

    /// Ends the wait; an answer is dropped.
    void stop() {
        if (deadline != null) {
            loop.cancel(deadline);
            deadline = null;
        }
        if (waiting != null) {
            waiting.leave();
            waiting = null;
        }
    }

    /// The resolver's answer, back on the loop.
    private final class Resolved implements Command {

        private final Resolution resolution;

        Resolved(Resolution resolution) {
            this.resolution = resolution;
        }

        @Override
        public void run() {
            if (deadline == null) {
                return;
            }
            loop.cancel(deadline);
            deadline = null;
            waiting = null;
            found = resolution instanceof Resolution.Found addresses ? addresses : null;
            owner.lookedUp(resolution);
        }

        @Override
        public void onLoopClosed() {
            owner.onLoopClosed();
        }
    }

    /// The look-up took too long, or never had its turn, which says nothing about the name. A
    /// look-up that started late still has its whole time, because the wait was the prober's own.
    @Override
    public void onDeadline(Deadline passed) {
        deadline = null;
        Long since = startedNanos;
        if (since == null) {
            owner.lookedUp(new Resolution.Unresolved(NameResolver.busy(), 0));
            return;
        }
        long tookNanos = loop.ticker().read() - since;
        if (tookNanos < longestNanos) {
            deadline = loop.scheduleAt(since + longestNanos, this);
            return;
        }
        Outcome late =
                new Outcome.Failed(
                        FailureReason.RESOLVE_TIMED_OUT,
                        Phase.RESOLVE,
                        "the name service did not answer within %d ms"
                                .formatted(tookNanos / 1_000_000));
        owner.lookedUp(new Resolution.Unresolved(late, tookNanos));
    }

    @Override
    public void onFailure(Exception cause) {
        owner.onFailure(cause);
    }

    @Override
    public void onLoopClosed() {
        owner.onLoopClosed();
    }
}
