package dev.sonde.listen;

import dev.sonde.listen.conversation.Conversation;
import dev.sonde.listen.conversation.Conversations;
import dev.sonde.listen.engine.Lane;
import dev.sonde.listen.engine.ListenEngine;
import dev.sonde.listen.port.Port;
import dev.sonde.listen.port.PortBehaviour;
import dev.sonde.listen.proxy.FaultPlan;
import dev.sonde.listen.record.ConnectionLog;
import dev.sonde.listen.record.FourTuple;
import dev.sonde.listen.spec.Behaviour;
import dev.sonde.listen.spec.ListenerSpec;
import dev.sonde.probe.finding.TimelineEvent.Kind;
import dev.sonde.probe.spec.CloseMode;
import dev.sonde.tls.TlsServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Takes connections out of a listener's accept queue and gives each to a loop. Confined to the
/// listener's loop.
final class Acceptor {

    /// So that one busy listener does not hold up its loop.
    private static final int ACCEPTS_PER_TURN = 32;

    private final ManagedListener owner;
    private final ListenerConnections book;
    private final ListenEngine engine;
    private final Lane lane;
    private ListenerSpec spec;
    private @Nullable Supplier<Conversation> conversations;
    private @Nullable FaultPlan plan;
    private @Nullable TlsServer tls;
    private @Nullable CloseMode atOnce;

    Acceptor(ManagedListener owner, ListenerConnections book, Lane lane, ListenerSpec spec) {
        this.owner = owner;
        this.book = book;
        this.engine = book.engine();
        this.lane = lane;
        this.spec = spec;
        this.conversations = conversations(spec);
        this.atOnce = endsAtOnce(spec);
    }

    /// From now on connections meet what `changed` says.
    ///
    /// @param server with whom they shake hands; absent where payload goes in clear
    void apply(ListenerSpec changed, @Nullable TlsServer server) {
        spec = changed;
        tls = server;
        plan =
                changed.behaviour() instanceof Behaviour.Proxy proxy
                        ? FaultPlan.of(proxy.faults(), plan, lane.now())
                        : null;
        conversations = conversations(changed);
        atOnce = endsAtOnce(changed);
    }

    /// A proxy has no conversation: its peers have one with each other.
    private static @Nullable Supplier<Conversation> conversations(ListenerSpec spec) {
        return spec.behaviour() instanceof Behaviour.Proxy
                ? null
                : Conversations.of(spec.behaviour());
    }

    /// The faults of the proxy, changed or made now; absent where it is none.
    @Nullable FaultPlan plan() {
        return plan;
    }

    /// A handshake takes its time.
    private static @Nullable CloseMode endsAtOnce(ListenerSpec spec) {
        if (spec.tls() != null) {
            return null;
        }
        return switch (spec.behaviour()) {
            case Behaviour.Close(Duration after) when after.isZero() -> CloseMode.FIN;
            case Behaviour.Reset(Duration after) when after.isZero() -> CloseMode.RST;
            default -> null;
        };
    }

    /// Accepts what is there, up to a bound in number and time.
    ///
    /// @param portBehaviour whose own connections are thrown away
    /// @return whether it may go on; else there was no descriptor, and the queue stays ready
    ///     without end
    boolean acceptSome(Port port, PortBehaviour portBehaviour) {
        long readyNanos = lane.now();
        long lagNanos = lane.loop().lagNanos(readyNanos);
        for (int i = 0; i < ACCEPTS_PER_TURN && !lane.loop().budget().isReadOver(); i++) {
            if (!engine.descriptors().tryAcquire()) {
                return false;
            }
            SocketChannel channel;
            try {
                channel = accept(port.channel());
            } catch (IOException e) {
                // EMFILE or a lack of memory; what it is called matters less than not to spin.
                return false;
            }
            if (channel == null) {
                return true;
            }
            welcome(channel, portBehaviour, readyNanos, lagNanos);
        }
        return true;
    }

    private @Nullable SocketChannel accept(ServerSocketChannel listener) throws IOException {
        SocketChannel channel = null;
        try {
            channel = listener.accept();
        } finally {
            if (channel == null) {
                engine.descriptors().release();
            }
        }
        return channel;
    }

    private void welcome(
            SocketChannel channel, PortBehaviour portBehaviour, long readyNanos, long lagNanos) {
        FourTuple ends = ends(channel);
        if (ends == null || portBehaviour.owns(ends.client())) {
            abandon(channel);
        } else if (book.active() >= spec.limits().connections()) {
            abandon(channel);
            book.rejected(ends.client());
        } else {
            start(channel, history(ends, readyNanos, lagNanos));
        }
    }

    /// Absent where the peer was gone before it could be looked at.
    private static @Nullable FourTuple ends(SocketChannel channel) {
        try {
            return new FourTuple(
                    (InetSocketAddress) channel.getRemoteAddress(),
                    (InetSocketAddress) channel.getLocalAddress());
        } catch (IOException _) {
            return null;
        }
    }

    private ConnectionLog history(FourTuple ends, long readyNanos, long lagNanos) {
        ConnectionLog history =
                new ConnectionLog(
                        engine.connectionIds().incrementAndGet(),
                        ends,
                        engine.clock().instant(),
                        readyNanos,
                        book.recordings(),
                        spec.record().bytes());
        history.noteReady(readyNanos, Kind.ACCEPT_READY, lagNanos);
        history.note(lane.now(), Kind.ACCEPTED);
        return history;
    }

    private void start(SocketChannel channel, ConnectionLog history) {
        Lane home = atOnce != null ? lane : engine.lanes().next();
        OpenConnection connection = make(channel, home, history);
        // From here on the connection releases what it holds, however it ends.
        book.opened(connection);
        if (atOnce != null && connection instanceof AcceptedConnection accepted) {
            accepted.endAtOnce(atOnce);
        } else if (home.equals(lane)) {
            connection.run();
        } else {
            home.loop().execute(connection);
        }
    }

    /// What goes wrong here is an error of this service: it costs the connection, and is logged.
    private OpenConnection make(SocketChannel channel, Lane home, ConnectionLog history) {
        try {
            AcceptedConnection.Terms terms =
                    new AcceptedConnection.Terms(
                            owner, spec.limits(), spec.record().connections(), tls);
            return connection(channel, home, terms, history);
        } catch (RuntimeException | Error e) {
            abandon(channel);
            throw e;
        }
    }

    private OpenConnection connection(
            SocketChannel channel,
            Lane home,
            AcceptedConnection.Terms terms,
            ConnectionLog history) {
        if (spec.behaviour() instanceof Behaviour.Proxy proxy && plan != null) {
            ProxiedConnection.ProxyTerms joined = new ProxiedConnection.ProxyTerms(proxy, plan);
            return new ProxiedConnection(book, home, channel, terms, history, joined);
        }
        Conversation conversation = Objects.requireNonNull(conversations, "not a proxy").get();
        return new AcceptedConnection(book, home, channel, terms, conversation, history);
    }

    /// With a RST.
    private void abandon(SocketChannel channel) {
        lane.end(channel, CloseMode.RST);
        engine.descriptors().release();
    }
}
