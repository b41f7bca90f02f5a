package dev.sonde.listen.proxy;

import dev.sonde.eventloop.TurnBudget;
import dev.sonde.listen.engine.Lane;
import dev.sonde.listen.transport.AcceptedSocket;
import dev.sonde.listen.transport.HandshakeTransport;
import dev.sonde.listen.transport.TlsTransport;
import dev.sonde.listen.transport.Transport;
import dev.sonde.probe.spec.Target;
import dev.sonde.probe.spec.TlsSettings;
import dev.sonde.tls.TlsClientConnection;
import dev.sonde.tls.TlsClients;
import java.io.IOException;
import java.nio.channels.SelectionKey;
import java.util.Locale;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// A TLS handshake towards an upstream. The set-up and the engine's tasks run off the loop.
/// Confined to the connection's loop, but for [#done].
final class UpstreamHandshake {

    private final TlsClients clients;
    private final TlsSettings settings;
    private final Target to;
    private final AcceptedSocket socket;
    private final HandshakeTransport beneath;
    private final TurnBudget budget;
    private final Runnable wake;
    private boolean isAway;
    private @Nullable TlsClientConnection tls;

    /// The result of the work off the loop: written by its thread before it wakes the connection,
    /// read by the loop.
    private volatile @Nullable Work done;

    private record Work(@Nullable TlsClientConnection made, @Nullable RuntimeException problem) {}

    /// @param wake has [#proceed] called on the loop; called on any thread
    UpstreamHandshake(
            TlsClients clients,
            TlsSettings settings,
            Target to,
            AcceptedSocket socket,
            Lane lane,
            Runnable wake) {
        this.clients = clients;
        this.settings = settings;
        this.to = to;
        this.socket = socket;
        this.beneath = new HandshakeTransport(socket, lane);
        this.budget = lane.loop().budget();
        this.wake = wake;
    }

    /// Goes on as far as it can.
    ///
    /// @return the carrier of payload; absent during the handshake
    /// @throws IOException when it failed
    @Nullable Transport proceed() throws IOException {
        if (isAway) {
            Work work = done;
            if (work == null) {
                return null;
            }
            isAway = false;
            if (work.problem() != null) {
                throw new IOException(work.problem().getMessage(), work.problem());
            }
            tls = work.made();
        }
        return tls == null ? away(this::setUp) : shake(tls);
    }

    /// The word for the reason of the failure.
    String reason(Exception cause) {
        return tls == null || !(cause instanceof IOException broken)
                ? "local_error"
                : tls.fault(broken).reason().name().toLowerCase(Locale.ROOT);
    }

    private Work setUp() {
        return new Work(
                clients.connect(socket.bytes(), budget, settings, to.host(), to.port()), null);
    }

    private @Nullable Transport away(Supplier<Work> work) throws IOException {
        isAway = true;
        done = null;
        socket.interest(0);
        try {
            clients.threads()
                    .execute(
                            () -> {
                                done = result(work);
                                wake.run();
                            });
            return null;
        } catch (RejectedExecutionException e) {
            throw new IOException("the service is shutting down", e);
        }
    }

    /// Runs a task. Its exception is caused by the upstream's bytes.
    private static Work run(Runnable task, TlsClientConnection own) {
        try {
            task.run();
        } catch (RuntimeException | Error e) {
            own.taskFailed(e);
        }
        return new Work(own, null);
    }

    private static Work result(Supplier<Work> work) {
        try {
            return work.get();
        } catch (RuntimeException e) {
            return new Work(null, e);
        }
    }

    private @Nullable Transport shake(TlsClientConnection own) throws IOException {
        switch (own.handshake()) {
            case NOTHING -> {
                return new TlsTransport(own, beneath);
            }
            case READ -> {
                socket.interest(SelectionKey.OP_READ);
                if (own.mayHoldMore()) {
                    wake.run();
                }
            }
            case WRITE -> socket.interest(SelectionKey.OP_WRITE);
            case TASK -> {
                Runnable task = own.task();
                return away(() -> run(task, own));
            }
        }
        return null;
    }
}
