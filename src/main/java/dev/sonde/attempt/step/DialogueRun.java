package dev.sonde.attempt.step;

import dev.sonde.dialogue.DialogueFault;
import dev.sonde.dialogue.DialogueNeed;
import dev.sonde.dialogue.Exchange;
import dev.sonde.eventloop.Ticker;
import dev.sonde.kernel.Errno;
import dev.sonde.probe.finding.DialogueReport;
import dev.sonde.probe.finding.DialogueReport.Mismatch;
import dev.sonde.probe.finding.FailureReason;
import dev.sonde.probe.finding.Outcome;
import dev.sonde.probe.finding.StepReport;
import dev.sonde.probe.finding.TimelineEvent.Kind;
import dev.sonde.probe.spec.DialogueSettings;
import dev.sonde.probe.spec.Phase;
import dev.sonde.tls.PrefixedChannel;
import dev.sonde.tls.TlsFailure;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Follows a dialogue over the connection, within the probe's timeout.
///
/// ```
/// TALKING --> LISTENING, SENDING, PAUSING --bytes, room, time--> TALKING --> DONE
///    '------> SHAKING (a TlsStep) ------------passed---------------^
/// ```
///
/// Input is read even while nothing is expected, as far as the buffer has space. A peer that only
/// waits until its bytes are read would otherwise never read ours.
final class DialogueRun implements Step {

    /// How many bytes may wait for a match.
    static final int BUFFER_BYTES = 65_536;

    /// The time between two searches for a pattern in many received bytes.
    private static final long LOOK_AGAIN_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    private enum Stage {
        TALKING,
        LISTENING,
        SENDING,
        PAUSING,
        SHAKING,
        DONE
    }

    private final Connection connection;
    private final DialogueSettings settings;
    private final Exchange exchange;
    private final Supplier<TlsStep> tls;
    private Stage stage = Stage.TALKING;
    private final DialogueLine line;
    private final DialogueOutcomes talked;
    private long pauseEndNanos;
    private @Nullable Long lookAgainAtNanos;
    private @Nullable Mismatch mismatch;

    /// The bytes before the TLS handshake that no step had taken.
    private int untakenBytes;

    /// The step that the timeline has last.
    private int notedStep;

    /// @param tls what is made of a `startTls`
    DialogueRun(Connection connection, DialogueSettings settings, Supplier<TlsStep> tls) {
        this.connection = connection;
        this.settings = settings;
        this.tls = tls;
        this.exchange = new Exchange(settings.script(), BUFFER_BYTES);
        this.line = new DialogueLine(connection, exchange);
        this.talked = new DialogueOutcomes(exchange);
    }

    @Override
    public Phase phase() {
        return Phase.DIALOGUE;
    }

    @Override
    public Progress begin() throws IOException {
        return goOn();
    }

    @Override
    public Progress onReady(int readyOps) throws IOException {
        if ((readyOps & SelectionKey.OP_READ) != 0) {
            connection.noteReadable();
        }
        return switch (stage) {
            case TALKING, SHAKING, DONE -> goOn();
            case LISTENING -> line.read() ? goOn() : waiting();
            case SENDING, PAUSING -> {
                line.readAhead();
                yield isDone() ? goOn() : waiting();
            }
        };
    }

    @Override
    public Progress onDeadline() throws IOException {
        exchange.lookAgain();
        lookAgainAtNanos = null;
        line.readAhead();
        Progress progress = isDone() ? goOn() : waiting();
        boolean isLate = connection.nowNanos() - connection.timeoutAtNanos() >= 0;
        return progress instanceof Progress.Waiting && isLate ? timedOut() : progress;
    }

    @Override
    public Progress onError(Errno errno) {
        try {
            line.salvage();
        } catch (IOException _) {
            // It said nothing more.
        }
        return new Progress.Ended(
                switch (errno) {
                    case ECONNRESET, EPIPE -> talked.reset(errno);
                    case ETIMEDOUT -> talked.gaveUp(errno);
                    default -> amend(((Progress.Ended) Step.super.onError(errno)).outcome());
                });
    }

    @Override
    public Progress onTlsFault(TlsFailure fault) {
        return new Progress.Ended(talked.failed(fault.reason(), fault.detail()));
    }

    @Override
    public Outcome amend(Outcome outcome) {
        return talked.amended(outcome, untakenBytes);
    }

    @Override
    public StepReport end() {
        return new DialogueReport(
                settings.script().size(),
                stage == Stage.DONE ? null : exchange.step(),
                exchange.labels(),
                line.sentBytes(),
                line.receivedBytes(),
                mismatch,
                settings.script().outline());
    }

    /// Goes on until something has to be waited for.
    private Progress goOn() throws IOException {
        Progress progress = null;
        while (progress == null) {
            stage = Stage.TALKING;
            DialogueNeed need = exchange.proceed(connection.budget()::isReadOver);
            noteStep();
            progress = meet(need);
        }
        return progress;
    }

    /// Meets what the exchange needs next.
    ///
    /// @return null where it can go on at once
    private @Nullable Progress meet(DialogueNeed need) throws IOException {
        return switch (need) {
            case DialogueNeed.Input _ -> {
                stage = Stage.LISTENING;
                yield line.read() ? null : waiting();
            }
            case DialogueNeed.Turn _ -> {
                connection.again();
                yield waiting();
            }
            case DialogueNeed.Send(ByteBuffer data) -> {
                stage = Stage.SENDING;
                line.say(data);
                yield isDone() ? null : waiting();
            }
            case DialogueNeed.Pause(Duration length) -> {
                stage = Stage.PAUSING;
                pauseEndNanos = connection.nowNanos() + length.toNanos();
                yield waiting();
            }
            case DialogueNeed.Tls _ -> {
                stage = Stage.SHAKING;
                yield new Progress.Detour(shaking());
            }
            case DialogueNeed.Done _ -> {
                stage = Stage.DONE;
                yield new Progress.Passed(null);
            }
            case DialogueNeed.Failed(DialogueFault fault) -> failed(fault);
            case DialogueNeed.Close _ ->
                    throw new IllegalStateException("a probe's steps have no close");
        };
    }

    private void noteStep() {
        if (exchange.step() != notedStep) {
            notedStep = exchange.step();
            connection.timeline().note(Kind.STEP_BEGUN, notedStep);
        }
    }

    /// The awaited event of the step has happened.
    private boolean isDone() throws IOException {
        return switch (stage) {
            case SENDING -> line.write();
            case PAUSING -> connection.nowNanos() - pauseEndNanos >= 0;
            case TALKING, LISTENING, SHAKING, DONE -> true;
        };
    }

    /// Bytes that came before the handshake are passed to it.
    private TlsStep shaking() {
        ByteBuffer rest = exchange.rest();
        untakenBytes = rest.remaining();
        if (rest.hasRemaining()) {
            connection.carryThrough(new PrefixedChannel(rest, connection.bytes()));
        }
        return tls.get();
    }

    private Progress waiting() {
        int ops = stage == Stage.SENDING ? SelectionKey.OP_WRITE : 0;
        if (line.canRead()) {
            ops |= SelectionKey.OP_READ;
        }
        long wakeAtNanos =
                switch (stage) {
                    case PAUSING -> pauseEndNanos;
                    case LISTENING -> lookAgainAtNanos();
                    case TALKING, SENDING, SHAKING, DONE -> connection.timeoutAtNanos();
                };
        return new Progress.Waiting(ops, Ticker.earlier(wakeAtNanos, connection.timeoutAtNanos()));
    }

    /// Bytes that come meanwhile do not postpone the search.
    private long lookAgainAtNanos() {
        if (!exchange.isUntried()) {
            lookAgainAtNanos = null;
            return connection.timeoutAtNanos();
        }
        if (lookAgainAtNanos == null) {
            lookAgainAtNanos = connection.nowNanos() + LOOK_AGAIN_NANOS;
        }
        return lookAgainAtNanos;
    }

    private Progress failed(DialogueFault fault) {
        mismatch = talked.mismatch(fault);
        return new Progress.Ended(talked.failed(fault));
    }

    private Progress timedOut() {
        return new Progress.Ended(
                switch (stage) {
                    case LISTENING, TALKING -> talked.late(unheard());
                    case PAUSING ->
                            talked.failed(
                                    FailureReason.TIMED_OUT, "its delay was not over in time");
                    case SENDING, SHAKING, DONE -> talked.untaken(line.unsentBytes());
                });
    }

    private String unheard() {
        Counters counters = new Counters(connection);
        counters.look();
        return counters.unheard();
    }
}
