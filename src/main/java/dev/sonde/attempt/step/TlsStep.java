package dev.sonde.attempt.step;

import dev.sonde.eventloop.Ticker;
import dev.sonde.kernel.Errno;
import dev.sonde.probe.finding.FailureReason;
import dev.sonde.probe.finding.NotProbedReason;
import dev.sonde.probe.finding.Outcome;
import dev.sonde.probe.finding.StepReport;
import dev.sonde.probe.finding.TimelineEvent.Kind;
import dev.sonde.probe.finding.TlsReport;
import dev.sonde.probe.spec.Phase;
import dev.sonde.probe.spec.TlsSettings;
import dev.sonde.tls.TlsClientConnection;
import dev.sonde.tls.TlsClients;
import dev.sonde.tls.TlsConnection;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SelectionKey;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Performs the TLS handshake. The set-up and the engine's tasks take long, so they run off the
/// loop.
///
/// ```
/// AWAY (set-up) --> SHAKING <--> AWAY (task)
///                      '--> DECIDING --> passed
/// ```
///
/// In TLS 1.3 a server accepts or rejects a client's certificate only after the handshake. If the
/// server asked for one, the step waits a short time for its first message. If the client has no
/// certificate, the step waits until the timeout.
final class TlsStep implements Step {

    private enum Stage {
        AWAY,
        SHAKING,
        DECIDING
    }

    private static final Logger log = LoggerFactory.getLogger(TlsStep.class);
    private static final long DECISION_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

    private final Connection connection;
    private final TlsSettings settings;
    private final TlsClients clients;
    private final String host;
    private Stage stage = Stage.AWAY;
    private long decideByNanos;
    private final long startedNanos;
    private long awaySinceNanos;

    /// The outcome of the work off the loop: written by its thread before it wakes the step, read
    /// by the loop.
    private volatile @Nullable Work done;

    private @Nullable TlsClientConnection tls;

    /// @param made the connection; absent when it could not be set up
    /// @param problem why; absent otherwise
    private record Work(@Nullable TlsClientConnection made, @Nullable String problem) {}

    /// @param settings with a server's name
    TlsStep(Connection connection, TlsSettings settings, TlsClients clients) {
        this.connection = connection;
        this.startedNanos = connection.nowNanos();
        this.settings = settings;
        this.clients = clients;
        this.host = Objects.requireNonNull(settings.serverName(), "no name to ask for");
    }

    @Override
    public Phase phase() {
        return Phase.TLS;
    }

    @Override
    public Progress begin() {
        return away(this::setUp);
    }

    @Override
    public Progress onReady(int readyOps) throws IOException {
        return switch (stage) {
            case AWAY -> back();
            case SHAKING -> shake();
            case DECIDING -> decide();
        };
    }

    @Override
    public Progress onDeadline() {
        if (stage == Stage.DECIDING) {
            return new Progress.Passed(
                    own().isClientUnnamed()
                            ? "the peer asked for a certificate, was shown none and said nothing"
                                    + " since: whether it accepts that is not known"
                            : remark());
        }
        if (isHeldUpHere()) {
            return ours(
                    NotProbedReason.OVERLOADED,
                    "this host's own part of the TLS handshake was not over in time");
        }
        return new Progress.Ended(
                new Outcome.Failed(
                        FailureReason.TIMED_OUT,
                        Phase.TLS,
                        "the peer's kernel answered the SYN; the TLS handshake was not over in time"
                                + unheard()));
    }

    /// Whether the handshake is late because of work on this side: the work took at least half of
    /// the time. A peer that sends messages without end causes work without end, which is no delay
    /// of ours.
    private boolean isHeldUpHere() {
        long wholeNanos = connection.timeoutAtNanos() - startedNanos;
        return stage == Stage.AWAY
                && done == null
                && connection.nowNanos() - awaySinceNanos >= wholeNanos / 2;
    }

    private @Nullable String remark() {
        return own().isNameUnknown()
                ? "the peer warned that it does not know the name (unrecognized_name)"
                : null;
    }

    private String unheard() {
        Counters counters = new Counters(connection);
        counters.look();
        long received = tls == null || stage == Stage.AWAY ? 0 : tls.received();
        return received == 0
                ? counters.unheard()
                : "; the peer's program answered with %d bytes of it and then fell silent"
                        .formatted(received);
    }

    @Override
    public Progress onError(Errno errno) {
        return switch (errno) {
            case ECONNRESET, EPIPE ->
                    new Progress.Ended(
                            new Outcome.Failed(
                                    FailureReason.RESET,
                                    Phase.TLS,
                                    errno
                                            + ": the peer aborted the connection (RST) in the TLS"
                                            + " handshake"));
            default -> Step.super.onError(errno);
        };
    }

    @Override
    public StepReport end() {
        TlsClientConnection own = tls;
        if (own == null || stage == Stage.AWAY) {
            return new TlsReport(null, null, null, host, List.of(), null, null, null, false, null);
        }
        return own.report();
    }

    private void setUp() {
        try {
            TlsClientConnection made =
                    clients.connect(
                            connection.bytes(),
                            connection.budget(),
                            settings,
                            host,
                            connection.socket().socket().getPort());
            done = new Work(made, null);
        } catch (IllegalArgumentException e) {
            done = new Work(null, String.valueOf(e.getMessage()));
        } catch (RuntimeException | Error e) {
            log.atError().setCause(e).log("TLS could not be set up");
            done = new Work(null, "TLS could not be set up; this service's log says why");
        }
        connection.wake();
    }

    /// Runs a task of the engine. Its exception is caused by the peer's bytes.
    private void run(Runnable task, TlsClientConnection own) {
        try {
            task.run();
        } catch (RuntimeException | Error e) {
            log.atDebug().setCause(e).log("a task of the TLS handshake failed");
            own.taskFailed(e);
        }
        done = new Work(own, null);
        connection.wake();
    }

    private Progress away(Runnable work) {
        stage = Stage.AWAY;
        awaySinceNanos = connection.nowNanos();
        done = null;
        try {
            clients.threads().execute(work);
            return waiting(0);
        } catch (RejectedExecutionException _) {
            return ours(NotProbedReason.CANCELLED, "the service is shutting down");
        }
    }

    /// The step was woken: the work may have ended.
    private Progress back() throws IOException {
        Work work = done;
        if (work == null) {
            return waiting(0);
        }
        if (work.made() == null) {
            return ours(NotProbedReason.LOCAL_ERROR, String.valueOf(work.problem()));
        }
        tls = work.made();
        stage = Stage.SHAKING;
        return shake();
    }

    private Progress shake() throws IOException {
        TlsClientConnection own = own();
        try {
            TlsConnection.Want want = handshake(own);
            return switch (want) {
                case NOTHING -> shaken();
                case READ -> {
                    if (own.mayHoldMore()) {
                        connection.again();
                    }
                    yield waiting(SelectionKey.OP_READ);
                }
                case WRITE -> waiting(SelectionKey.OP_WRITE);
                case TASK -> {
                    Runnable task = own.task();
                    yield away(() -> run(task, own));
                }
            };
        } catch (IOException e) {
            return failed(e);
        }
    }

    /// Goes on with the handshake, and notes the bytes that passed.
    private TlsConnection.Want handshake(TlsClientConnection own) throws IOException {
        long sent = own.sent();
        long received = own.received();
        try {
            return own.handshake();
        } finally {
            // The first message is the client's.
            if (sent == 0) {
                note(Kind.HANDSHAKE_SENT, own.sent());
                note(Kind.HANDSHAKE_RECEIVED, own.received() - received);
            } else {
                note(Kind.HANDSHAKE_RECEIVED, own.received() - received);
                note(Kind.HANDSHAKE_SENT, own.sent() - sent);
            }
        }
    }

    private void note(Kind kind, long bytes) {
        if (bytes > 0) {
            connection.timeline().note(kind, (int) bytes);
        }
    }

    private Progress shaken() throws IOException {
        connection.timeline().note(Kind.TLS_ESTABLISHED);
        connection.carryThrough(own());
        if (own().isRevoked()) {
            return new Progress.Ended(
                    new Outcome.Failed(
                            FailureReason.TLS_REVOKED,
                            Phase.TLS,
                            "the peer's own stapled OCSP response says that its certificate is"
                                    + " revoked"));
        }
        stage = Stage.DECIDING;
        decideByNanos =
                own().isClientUnnamed()
                        ? connection.timeoutAtNanos()
                        : connection.nowNanos() + DECISION_NANOS;
        return decide();
    }

    private Progress decide() throws IOException {
        try {
            if (own().isUndecided()) {
                own().lookAhead();
            }
            return own().isUndecided()
                    ? new Progress.Waiting(
                            SelectionKey.OP_READ,
                            Ticker.earlier(decideByNanos, connection.timeoutAtNanos()))
                    : new Progress.Passed(remark());
        } catch (IOException e) {
            return failed(e);
        }
    }

    /// An error outside of TLS is the connection's end, and is reported as such.
    private Progress failed(IOException cause) throws IOException {
        if (!(cause instanceof SSLException || cause instanceof ClosedChannelException)) {
            throw cause;
        }
        TlsConnection.Fault fault = own().fault(cause);
        own().sendAlert();
        connection.timeline().note(Kind.TLS_FAILED);
        return new Progress.Ended(new Outcome.Failed(fault.reason(), Phase.TLS, fault.detail()));
    }

    private TlsClientConnection own() {
        return Objects.requireNonNull(tls, "not set up yet");
    }

    private Progress waiting(int ops) {
        return new Progress.Waiting(ops, connection.timeoutAtNanos());
    }

    private static Progress ours(NotProbedReason reason, String detail) {
        return new Progress.Ended(new Outcome.NotProbed(reason, Phase.TLS, detail));
    }
}
