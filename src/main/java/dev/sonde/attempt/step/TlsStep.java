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

/// Shakes hands by TLS. What takes long, the set-up and the engine's tasks, runs off the loop.
///
/// ```
/// AWAY (set-up) --> SHAKING <--> AWAY (task)
///                      '--> DECIDING --> passed
/// ```
///
/// In TLS 1.3 a server that asked for a certificate says only after the handshake whether it
/// accepts what it got: then its first word is waited for, a short time.
final class TlsStep implements Step {

    private enum Stage {
        AWAY,
        SHAKING,
        DECIDING
    }

    private static final long DECISION_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

    private final Connection connection;
    private final TlsSettings settings;
    private final TlsClients clients;
    private final String host;
    private Stage stage = Stage.AWAY;
    private long decideByNanos;

    /// What came of the work off the loop: written by its thread before it wakes the step, read by
    /// the loop.
    private volatile @Nullable Work done;

    private @Nullable TlsClientConnection tls;

    /// @param made the connection; absent when it could not be set up
    /// @param problem why; absent otherwise
    private record Work(@Nullable TlsClientConnection made, @Nullable String problem) {}

    /// @param settings with a server's name
    TlsStep(Connection connection, TlsSettings settings, TlsClients clients) {
        this.connection = connection;
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
            return new Progress.Passed(null);
        }
        if (stage == Stage.AWAY && done == null) {
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

    private String unheard() {
        Counters counters = new Counters(connection);
        counters.look();
        return counters.unheard();
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
                            settings,
                            host,
                            connection.socket().socket().getPort());
            done = new Work(made, null);
        } catch (RuntimeException e) {
            done = new Work(null, String.valueOf(e.getMessage()));
        }
        connection.wake();
    }

    private Progress away(Runnable work) {
        stage = Stage.AWAY;
        done = null;
        try {
            clients.threads().execute(work);
            return waiting(0);
        } catch (RejectedExecutionException _) {
            return ours(NotProbedReason.CANCELLED, "the service is shutting down");
        }
    }

    /// Somebody called: the work may be over.
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
            return switch (own.handshake()) {
                case NOTHING -> shaken();
                case READ -> waiting(SelectionKey.OP_READ);
                case WRITE -> waiting(SelectionKey.OP_WRITE);
                case TASK -> {
                    Runnable task = own.task();
                    yield away(
                            () -> {
                                done = ran(task, own);
                                connection.wake();
                            });
                }
            };
        } catch (IOException e) {
            return failed(e);
        }
    }

    private static Work ran(Runnable task, TlsClientConnection own) {
        try {
            task.run();
            return new Work(own, null);
        } catch (RuntimeException e) {
            return new Work(null, "a task of the handshake failed: " + e);
        }
    }

    private Progress shaken() throws IOException {
        connection.timeline().note(Kind.TLS_ESTABLISHED);
        connection.carryThrough(own());
        stage = Stage.DECIDING;
        decideByNanos = connection.nowNanos() + DECISION_NANOS;
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
                    : new Progress.Passed(null);
        } catch (IOException e) {
            return failed(e);
        }
    }

    /// What is no matter of TLS is the connection's end, and told as such.
    private Progress failed(IOException cause) throws IOException {
        if (!(cause instanceof SSLException || cause instanceof ClosedChannelException)) {
            throw cause;
        }
        TlsConnection.Fault fault = own().fault(cause);
        own().sendAlert();
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
