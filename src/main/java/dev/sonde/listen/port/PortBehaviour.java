package dev.sonde.listen.port;

import dev.sonde.lane.Lane;
import dev.sonde.listen.engine.ListenEngine;
import dev.sonde.listen.spec.Behaviour;
import dev.sonde.listen.spec.ListenerException;
import dev.sonde.listen.spec.ListenerProblem;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/// The demands of a behaviour on the listening socket itself: an accept queue that is kept full, or
/// handshakes that are withheld. Confined to the listener's loop.
public final class PortBehaviour {

    private final ListenEngine engine;
    private final Lane lane;

    /// Kept when it has stopped: its clients may still be in the queue.
    private @Nullable QueueUpkeep upkeep;

    public PortBehaviour(ListenEngine engine, Lane lane) {
        this.engine = engine;
        this.lane = lane;
    }

    /// Before the socket listens: no handshake may slip through.
    ///
    /// @throws ListenerException where this host's kernel cannot do it
    static void prepare(ServerSocketChannel channel, Behaviour first, Lane lane) {
        if (first instanceof Behaviour.HalfEstablish) {
            withhold(channel, lane);
        }
    }

    /// Changes the socket from the demands of `before` to those of `now`.
    ///
    /// @return completes when that is done
    /// @throws ListenerException where this host's kernel cannot do it
    public CompletableFuture<Void> change(Port port, Behaviour before, Behaviour now, int backlog) {
        boolean withholds = now instanceof Behaviour.HalfEstablish;
        if (withholds) {
            withhold(port.channel(), lane);
        } else if (before instanceof Behaviour.HalfEstablish) {
            lane.kernel().withholdHandshakes(port.channel(), false);
        }
        return serve(port, now, backlog);
    }

    /// Fills the accept queue of a listening socket, or stops filling it.
    ///
    /// @return completes when that is done
    public CompletableFuture<Void> serve(Port port, Behaviour now, int backlog) {
        if (!(now instanceof Behaviour.QueueFull)) {
            stop();
        } else if (upkeep == null || !upkeep.isRunning()) {
            upkeep = new QueueUpkeep(engine, lane);
            return upkeep.start(port, backlog);
        }
        return CompletableFuture.completedFuture(null);
    }

    /// Whether a connection in the queue is one of those that fill it.
    public boolean owns(InetSocketAddress remote) {
        return upkeep != null && upkeep.owns(remote);
    }

    public void stop() {
        if (upkeep != null) {
            upkeep.stop();
        }
    }

    private static void withhold(ServerSocketChannel channel, Lane lane) {
        if (!lane.kernel().withholdHandshakes(channel, true)) {
            throw new ListenerException(
                    ListenerProblem.NO_PERMISSION,
                    "half_establish attaches a filter to the socket (SO_ATTACH_FILTER), and this"
                            + " host's kernel refuses it: on newer kernels it needs CAP_NET_ADMIN"
                            + " (kernel feature handshake_filter)");
        }
    }
}
