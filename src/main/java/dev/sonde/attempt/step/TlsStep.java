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
import dev.sonde.tls.HandshakeDriver;
import dev.sonde.tls.TlsClientConnection;
import dev.sonde.tls.TlsClients;
import dev.sonde.tls.TlsConnection;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SelectionKey;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Performs the TLS handshake, as the client.
///
/// ```
/// SHAKING --> DECIDING --> passed
/// ```
///
/// In TLS 1.3 a server accepts or rejects a client's certificate only after the handshake. If the
/// server asked for one, the step waits a short time for its first message. If the client has no
/// certificate, the step waits until the timeout.
final class TlsStep implements Step {

    private enum Stage {
        SHAKING,
        DECIDING
    }

    private static final Logger log = LoggerFactory.getLogger(TlsStep.class);
    private static final long DECISION_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

    private final Connection connection;
    private final String host;
    private final HandshakeDriver<TlsClientConnection> driver;
    private Stage stage = Stage.SHAKING;
    private long decideByNanos;
    private final long startedNanos;
    private long awaySinceNanos;

    /// @param settings with a server's name
    TlsStep(Connection connection, TlsSettings settings, TlsClients clients) {
        this.connection = connection;
        this.startedNanos = connection.nowNanos();
        this.host = Objects.requireNonNull(settings.serverName(), "no name to ask for");
        this.driver =
                new HandshakeDriver<>(
                        () ->
                                clients.connect(
                                        connection.bytes(),
                                        connection.budget(),
                                        settings,
                                        host,
                                        connection.socket().socket().getPort()),
                        clients.threads(),
                        connection::wake);
    }

    @Override
    public Phase phase() {
        return Phase.TLS;
    }

    @Override
    public Progress begin() throws IOException {
        return shake();
    }

    @Override
    public Progress onReady(int readyOps) throws IOException {
        return switch (stage) {
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
        return driver.isBusy() && connection.nowNanos() - awaySinceNanos >= wholeNanos / 2;
    }

    private @Nullable String remark() {
        return own().isNameUnknown()
                ? "the peer warned that it does not know the name (unrecognized_name)"
                : null;
    }

    private String unheard() {
        Counters counters = new Counters(connection);
        counters.look();
        TlsClientConnection own = driver.idle();
        long received = own == null ? 0 : own.received();
        if (own == null || received == 0) {
            return counters.unheard();
        }
        String last = own.lastMessage();
        return "; the peer's program answered with %d bytes of it%s and then fell silent"
                .formatted(received, last == null ? "" : ", its " + last + " among them,");
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
        TlsClientConnection own = driver.idle();
        if (own == null) {
            return new TlsReport(null, null, null, host, List.of(), null, null, null, false, null);
        }
        return own.report();
    }

    private Progress shake() throws IOException {
        if (driver.isBusy()) {
            return waiting(0); // the end of the work wakes the step
        }
        try {
            return switch (handshake()) {
                case NOTHING -> shaken();
                case READ -> {
                    if (driver.mayHoldMore()) {
                        connection.again();
                    }
                    yield waiting(SelectionKey.OP_READ);
                }
                case WRITE -> waiting(SelectionKey.OP_WRITE);
                case TASK -> away();
            };
        } catch (HandshakeDriver.ShutDownException e) {
            return ours(NotProbedReason.CANCELLED, String.valueOf(e.getMessage()));
        } catch (HandshakeDriver.SetUpException e) {
            return notSetUp(e);
        } catch (IOException e) {
            return failed(e);
        }
    }

    private Progress away() {
        awaySinceNanos = connection.nowNanos();
        return waiting(0);
    }

    private static Progress notSetUp(HandshakeDriver.SetUpException e) {
        if (e.getCause() instanceof IllegalArgumentException) {
            return ours(NotProbedReason.LOCAL_ERROR, String.valueOf(e.getMessage()));
        }
        log.atError().setCause(e.getCause()).log("TLS could not be set up");
        return ours(
                NotProbedReason.LOCAL_ERROR,
                "TLS could not be set up; this service's log says why");
    }

    /// Goes on with the handshake, and notes the bytes that passed.
    private TlsConnection.Want handshake() throws IOException {
        TlsClientConnection before = driver.connection();
        long sent = before == null ? 0 : before.sent();
        long received = before == null ? 0 : before.received();
        try {
            return driver.proceed();
        } finally {
            TlsClientConnection own = driver.connection();
            if (own != null) {
                noteBytes(sent, own.sent(), own.received() - received);
            }
        }
    }

    /// The first message is the client's.
    private void noteBytes(long sentBefore, long sent, long received) {
        if (sentBefore == 0) {
            note(Kind.HANDSHAKE_SENT, sent);
            note(Kind.HANDSHAKE_RECEIVED, received);
        } else {
            note(Kind.HANDSHAKE_RECEIVED, received);
            note(Kind.HANDSHAKE_SENT, sent - sentBefore);
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
        return Objects.requireNonNull(driver.connection(), "not set up yet");
    }

    private Progress waiting(int ops) {
        return new Progress.Waiting(ops, connection.timeoutAtNanos());
    }

    private static Progress ours(NotProbedReason reason, String detail) {
        return new Progress.Ended(new Outcome.NotProbed(reason, Phase.TLS, detail));
    }
}
