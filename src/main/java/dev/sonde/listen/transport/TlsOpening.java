package dev.sonde.listen.transport;

import dev.sonde.listen.engine.Lane;
import dev.sonde.listen.spec.ConnectionEnd;
import dev.sonde.probe.finding.FailureReason;
import dev.sonde.tls.ServerTlsReport;
import dev.sonde.tls.TlsConnection;
import dev.sonde.tls.TlsServer;
import dev.sonde.tls.TlsServerConnection;
import java.io.IOException;
import java.nio.channels.ByteChannel;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SelectionKey;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Supplier;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/// Performs the TLS handshake, as the server. The set-up and the engine's tasks take long, so they
/// run off the loop.
///
/// ```
/// New --> Away (set-up) --> Shaking <--> Away (task)
///                              '--> done, failed
/// ```
///
/// Confined to the connection's loop, but for [#done].
final class TlsOpening implements Opening {

    private final TlsServer server;
    private final ByteChannel bytes;
    private final HandshakeTransport beneath;
    private final Lane lane;
    private final Executor threads;
    private final Runnable wake;
    private boolean isAway;
    private @Nullable TlsServerConnection tls;

    /// The outcome of the work off the loop: written by its thread before it wakes the connection,
    /// read by the loop.
    private volatile @Nullable Work done;

    /// @param made the connection; absent where it could not be set up
    private record Work(@Nullable TlsServerConnection made, @Nullable RuntimeException problem) {}

    /// @param bytes all input of the peer
    /// @param beneath the carrier of the records
    /// @param wake has [#proceed] called on the loop; called on any thread
    TlsOpening(
            TlsServer server,
            ByteChannel bytes,
            HandshakeTransport beneath,
            Lane lane,
            Executor threads,
            Runnable wake) {
        this.server = server;
        this.bytes = bytes;
        this.beneath = beneath;
        this.lane = lane;
        this.threads = threads;
        this.wake = wake;
    }

    @Override
    public Progress proceed() throws IOException {
        if (isAway) {
            Work work = done;
            return work == null ? new Progress.Waiting(0) : back(work);
        }
        return tls == null ? away(this::setUp) : shake(tls);
    }

    @Override
    public boolean mayHoldMore() {
        return !isAway && tls != null && tls.mayHoldMore();
    }

    @Override
    public ServerTlsReport unfinished() {
        String why = "the handshake was not over when the connection ended";
        // While work goes on elsewhere, nothing may be asked of the connection.
        return tls == null || isAway
                ? ServerTlsReport.refused(why, null)
                : tls.report(null).withFailure(why);
    }

    private Work setUp() {
        try {
            return new Work(server.accept(bytes, lane.loop().budget()), null);
        } catch (RuntimeException e) {
            return new Work(null, e);
        } catch (Error e) {
            return new Work(null, new IllegalStateException("TLS could not be set up", e));
        }
    }

    /// Runs a task. Its exception is caused by the peer's bytes.
    private static Work run(Runnable task, TlsServerConnection own) {
        try {
            task.run();
        } catch (RuntimeException | Error e) {
            own.taskFailed(e);
        }
        return new Work(own, null);
    }

    private Progress away(Supplier<Work> work) throws IOException {
        isAway = true;
        done = null;
        try {
            threads.execute(
                    () -> {
                        done = work.get();
                        wake.run();
                    });
            return new Progress.Waiting(0);
        } catch (RejectedExecutionException e) {
            throw new IOException("the service is shutting down", e);
        }
    }

    private Progress back(Work work) throws IOException {
        isAway = false;
        if (work.problem() != null) {
            throw work.problem();
        }
        tls = work.made();
        return proceed();
    }

    private Progress shake(TlsServerConnection own) throws IOException {
        try {
            return switch (own.handshake()) {
                case NOTHING -> new Progress.Done(new TlsTransport(own, beneath), own.report(null));
                case READ -> new Progress.Waiting(SelectionKey.OP_READ);
                case WRITE -> new Progress.Waiting(SelectionKey.OP_WRITE);
                case TASK -> {
                    Runnable task = own.task();
                    yield away(() -> run(task, own));
                }
            };
        } catch (SSLException | ClosedChannelException e) {
            return failed(own, e);
        }
    }

    private static Progress failed(TlsServerConnection own, IOException cause) {
        TlsConnection.Fault fault = own.fault(cause);
        ServerTlsReport report = own.report(cause);
        if (fault.reason() == FailureReason.TLS_ALERT) {
            return new Progress.Failed(ConnectionEnd.TLS_ALERT, report);
        }
        if (own.isEnded()) {
            return new Progress.PeerClosed(report);
        }
        own.sendAlert();
        return new Progress.Failed(ConnectionEnd.TLS_FAILED, report);
    }
}
