package dev.sonde.attempt.step;

import dev.sonde.eventloop.Ticker;
import dev.sonde.kernel.Errno;
import dev.sonde.probe.finding.Outcome;
import dev.sonde.probe.finding.StepReport;
import dev.sonde.probe.finding.TimelineEvent.Kind;
import dev.sonde.probe.finding.TlsReport;
import dev.sonde.probe.spec.Phase;
import dev.sonde.probe.spec.TlsSettings;
import dev.sonde.tls.HandshakeDriver;
import dev.sonde.tls.TlsClientConnection;
import dev.sonde.tls.TlsClients;
import dev.sonde.tls.TlsFailure;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SelectionKey;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;

/// Performs the TLS handshake, as the client.
///
/// ```
/// shaking --> deciding --> passed
/// ```
///
/// In TLS 1.3 a server accepts or rejects a client's certificate only after the handshake. If the
/// server asked for one, the step waits a short time for its first message. If the client has no
/// certificate, the step waits until the timeout.
final class TlsStep implements Step {

    private static final long DECISION_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

    private final Connection connection;
    private final String host;
    private final HandshakeDriver<TlsClientConnection> driver;
    private final HandshakeBytes bytes;
    private boolean isDeciding;
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
        this.bytes = new HandshakeBytes(driver, connection.timeline());
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
        return isDeciding ? decide() : shake();
    }

    @Override
    public Progress onDeadline() {
        if (isDeciding) {
            return new Progress.Passed(TlsOutcomes.undecided(own()));
        }
        if (isHeldUpHere()) {
            return new Progress.Ended(TlsOutcomes.heldUpHere());
        }
        return new Progress.Ended(TlsOutcomes.late(connection, driver.idle()));
    }

    /// Whether the handshake is late because of work on this side: the work took at least half of
    /// the time. A peer that sends messages without end causes work without end, which is no delay
    /// of ours.
    private boolean isHeldUpHere() {
        long wholeNanos = connection.timeoutAtNanos() - startedNanos;
        return driver.isBusy() && connection.nowNanos() - awaySinceNanos >= wholeNanos / 2;
    }

    @Override
    public Progress onError(Errno errno) {
        return switch (errno) {
            case ECONNRESET, EPIPE -> new Progress.Ended(TlsOutcomes.reset(errno));
            default -> Step.super.onError(errno);
        };
    }

    @Override
    public StepReport end() {
        TlsClientConnection own = driver.idle();
        return own == null
                ? new TlsReport(null, null, null, host, List.of(), null, null, null, false, null)
                : own.report();
    }

    private Progress shake() throws IOException {
        if (driver.isBusy()) {
            return waiting(0); // the end of the work wakes the step
        }
        try {
            return switch (bytes.proceed()) {
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
            return new Progress.Ended(TlsOutcomes.shutDown(e));
        } catch (HandshakeDriver.SetUpException e) {
            return new Progress.Ended(TlsOutcomes.notSetUp(e));
        } catch (IOException e) {
            return failed(e);
        }
    }

    private Progress away() {
        awaySinceNanos = connection.nowNanos();
        return waiting(0);
    }

    private Progress shaken() throws IOException {
        connection.timeline().note(Kind.TLS_ESTABLISHED);
        connection.carryThrough(own());
        if (own().isRevoked()) {
            return new Progress.Ended(TlsOutcomes.revoked());
        }
        isDeciding = true;
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
                    : new Progress.Passed(TlsOutcomes.remark(own()));
        } catch (IOException e) {
            return failed(e);
        }
    }

    /// An error outside of TLS is the connection's end, and is reported as such.
    private Progress failed(IOException cause) throws IOException {
        if (!(cause instanceof SSLException || cause instanceof ClosedChannelException)) {
            throw cause;
        }
        TlsFailure fault = own().fault(cause);
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
}
