package dev.sonde.listen;

import dev.sonde.lane.Lane;
import dev.sonde.listen.conversation.Conversation;
import dev.sonde.listen.engine.ListenEngine;
import dev.sonde.listen.port.Port;
import dev.sonde.listen.port.PortBehaviour;
import dev.sonde.listen.port.PortOpening;
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
import java.net.StandardSocketOptions;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.List;
import java.util.Objects;
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
    private final Course course;
    private ListenerSpec spec;
    private Reception.All receptions = Reception.All.NONE;
    private @Nullable TlsServer tls;

    Acceptor(
            ManagedListener owner,
            ListenerConnections book,
            Lane lane,
            ListenerSpec spec,
            Course course) {
        this.owner = owner;
        this.book = book;
        this.engine = book.engine();
        this.lane = lane;
        this.spec = spec;
        this.course = course;
    }

    /// New connections meet the behaviour of `changed` from now on.
    ///
    /// @param server the server of their handshakes; absent when payload goes in clear
    void apply(ListenerSpec changed, @Nullable TlsServer server) {
        spec = changed;
        tls = server;
        receptions = Reception.All.of(changed, receptions, lane.now());
    }

    /// The faults of each proxy in the behaviour, changed or made now.
    List<FaultPlan> plans() {
        return receptions.plans();
    }

    /// Accepts waiting connections, up to a bound in number and time.
    ///
    /// @param portBehaviour whose own connections are thrown away
    /// @return whether it may continue; else no descriptor was left, and the queue stays ready
    ///     without end
    boolean acceptSome(Port port, PortBehaviour portBehaviour) {
        long readyNanos = lane.now();
        long lagNanos = lane.loop().lagNanos(readyNanos);
        for (int i = 0; i < ACCEPTS_PER_TURN && !lane.loop().budget().isReadOver(); i++) {
            if (!course.current().accepts()) {
                return true;
            }
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
            Reception.Single met = receptions.steps().get(course.step()).draw();
            // Before it is served: its end may bring the next one, which meets the next step.
            course.received();
            start(channel, met, history(ends, readyNanos, lagNanos));
        }
    }

    /// Absent where the peer was gone before its address was read.
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
                        engine.connectionIds().getAsLong(),
                        ends,
                        engine.clock().instant(),
                        readyNanos,
                        book.recordings(),
                        spec.record().bytes());
        history.noteReady(readyNanos, Kind.ACCEPT_READY, lagNanos);
        history.note(lane.now(), Kind.ACCEPTED);
        return history;
    }

    private void start(SocketChannel channel, Reception.Single met, ConnectionLog history) {
        CloseMode atOnce = met.atOnce();
        Lane home = atOnce != null ? lane : engine.lanes().next();
        OpenConnection connection = make(channel, home, met, history);
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

    /// Makes a connection. An exception here is an error of this service. It ends only this
    /// connection, and is logged.
    private OpenConnection make(
            SocketChannel channel, Lane home, Reception.Single met, ConnectionLog history) {
        try {
            AcceptedConnection.Terms terms =
                    new AcceptedConnection.Terms(
                            owner, spec.limits(), spec.record().connections(), tls);
            return connection(channel, new Place(home, terms, history), met);
        } catch (RuntimeException | Error e) {
            abandon(channel);
            throw e;
        }
    }

    /// The parts of every connection, independent of its behaviour.
    private record Place(Lane home, AcceptedConnection.Terms terms, ConnectionLog history) {}

    private OpenConnection connection(SocketChannel channel, Place place, Reception.Single met) {
        Lane home = place.home();
        if (met.behaviour() instanceof Behaviour.Proxy proxy) {
            ProxiedConnection.ProxyTerms joined =
                    new ProxiedConnection.ProxyTerms(
                            proxy, met.faults(), receptions.plans().get(met.faults()));
            return new ProxiedConnection(
                    book, home, channel, place.terms(), place.history(), joined);
        }
        if (met.behaviour() instanceof Behaviour.Stall && !spec.stalls()) {
            shrinkBuffer(channel);
        }
        Conversation conversation = Objects.requireNonNull(met.conversations(), "a proxy").get();
        return new AcceptedConnection(
                book, home, channel, place.terms(), conversation, place.history());
    }

    /// Shrinks the receive buffer of a connection on a port for several behaviours. Its window
    /// closes later than on a port that only stalls.
    private static void shrinkBuffer(SocketChannel channel) {
        try {
            channel.setOption(StandardSocketOptions.SO_RCVBUF, PortOpening.STALL_BUFFER_BYTES);
        } catch (IOException _) {
            // The peer was faster: its connection ends as soon as it is served.
        }
    }

    /// With a RST.
    private void abandon(SocketChannel channel) {
        lane.end(channel, CloseMode.RST);
        engine.descriptors().release();
    }
}
