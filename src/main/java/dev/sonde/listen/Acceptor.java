package dev.sonde.listen;

import dev.sonde.kernel.DirectAccept;
import dev.sonde.kernel.DirectSocket;
import dev.sonde.lane.Lane;
import dev.sonde.listen.conversation.Conversation;
import dev.sonde.listen.engine.ListenEngine;
import dev.sonde.listen.payload.BriefEnd;
import dev.sonde.listen.port.Port;
import dev.sonde.listen.port.PortOpening;
import dev.sonde.listen.proxy.FaultPlan;
import dev.sonde.listen.record.ConnectionLog;
import dev.sonde.listen.record.FourTuple;
import dev.sonde.listen.spec.Behaviour;
import dev.sonde.listen.spec.ConnectionEnd;
import dev.sonde.listen.spec.ListenerSpec;
import dev.sonde.listen.transport.AcceptedSocket;
import dev.sonde.listen.transport.BriefSocket;
import dev.sonde.probe.spec.CloseMode;
import dev.sonde.tls.TlsServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
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
    private final PortCourse inEffect;
    private final BriefEnd briefEnd;
    private ListenerSpec spec;
    private Reception.All receptions = Reception.All.NONE;
    private ConnectionTerms terms;

    Acceptor(
            ManagedListener owner,
            ListenerConnections book,
            Lane lane,
            ListenerSpec spec,
            PortCourse inEffect) {
        this.owner = owner;
        this.book = book;
        this.engine = book.engine();
        this.lane = lane;
        this.spec = spec;
        this.inEffect = inEffect;
        this.briefEnd = new BriefEnd(lane, book, engine.sockets().errors());
        this.terms = terms(null);
    }

    /// New connections meet the behaviour of `changed` from now on.
    ///
    /// @param server the server of their handshakes; absent when payload goes in clear
    void apply(ListenerSpec changed, @Nullable TlsServer server) {
        spec = changed;
        terms = terms(server);
        receptions = Reception.All.of(changed, receptions, lane.now());
    }

    private ConnectionTerms terms(@Nullable TlsServer server) {
        return new ConnectionTerms(owner, spec.limits(), spec.record().connections(), server);
    }

    /// The faults of each proxy in the behaviour, changed or made now.
    List<FaultPlan> plans() {
        return receptions.plans();
    }

    /// Accepts waiting connections, up to a bound in number and time.
    ///
    /// @return whether it may continue; else no descriptor was left, and the queue stays ready
    ///     without end
    boolean acceptSome(Port port) {
        long readyNanos = lane.now();
        long lagNanos = lane.loop().lagNanos(readyNanos);
        for (int i = 0; i < ACCEPTS_PER_TURN && !lane.loop().budget().isReadOver(); i++) {
            if (!inEffect.course().current().accepts()) {
                return true;
            }
            if (!engine.sockets().descriptors().tryAcquire()) {
                return false;
            }
            try {
                if (!acceptOne(port, readyNanos, lagNanos)) {
                    return true;
                }
            } catch (IOException e) {
                // EMFILE or a lack of memory; what it is called matters less than not to spin.
                return false;
            }
        }
        return true;
    }

    /// Accepts one waiting connection, for which a descriptor is reserved.
    ///
    /// @return whether one waited
    private boolean acceptOne(Port port, long readyNanos, long lagNanos) throws IOException {
        DirectAccept direct = lane.kernel().direct();
        if (direct != null
                && receptions.steps().get(inEffect.course().step()) instanceof Reception.Single met
                && met.atOnce() != null) {
            DirectSocket socket = accept(port, direct);
            if (socket != null) {
                welcome(socket, met.atOnce(), readyNanos, lagNanos);
            }
            return socket != null;
        }
        SocketChannel channel = accept(port);
        if (channel != null) {
            welcome(channel, readyNanos, lagNanos);
        }
        return channel != null;
    }

    private @Nullable DirectSocket accept(Port port, DirectAccept direct) throws IOException {
        DirectSocket socket = null;
        try {
            socket = direct.accept(port.channel(), port.address());
        } finally {
            if (socket == null) {
                engine.sockets().descriptors().release();
            }
        }
        return socket;
    }

    /// Ends a connection at once, or resets it.
    private void welcome(DirectSocket socket, CloseMode mode, long readyNanos, long lagNanos) {
        FourTuple ends = new FourTuple(socket.remote(), socket.local());
        try {
            if (inEffect.portBehaviour().owns(ends.client()) || isFull()) {
                refuse(new BriefSocket.Direct(socket), ends);
            } else {
                inEffect.course().received();
                ConnectionLog history = history(ends, false, readyNanos, lagNanos);
                endAtOnce(new BriefSocket.Direct(socket), mode, history);
            }
        } finally {
            socket.close(true);
        }
    }

    private @Nullable SocketChannel accept(Port port) throws IOException {
        SocketChannel channel = null;
        try {
            channel = port.channel().accept();
        } finally {
            if (channel == null) {
                engine.sockets().descriptors().release();
            } else if (!port.sendsAtOnce()) {
                AcceptedSocket.sendAtOnce(channel);
            }
        }
        return channel;
    }

    private void welcome(SocketChannel channel, long readyNanos, long lagNanos) {
        FourTuple ends = ends(channel);
        if (ends == null) {
            abandon(channel);
        } else if (inEffect.portBehaviour().owns(ends.client()) || isFull()) {
            refuse(new BriefSocket.OfChannel(lane, channel), ends);
        } else {
            Reception.Single met = receptions.steps().get(inEffect.course().step()).draw();
            // Before it is served: its end may bring the next one, which meets the next step.
            inEffect.course().received();
            start(channel, met, history(ends, met.atOnce() == null, readyNanos, lagNanos));
        }
    }

    private boolean isFull() {
        return book.active() >= spec.limits().connections();
    }

    /// Resets a connection beyond the limit, or one of this service's own that fills the queue.
    private void refuse(BriefSocket socket, FourTuple ends) {
        socket.end(CloseMode.RST);
        engine.sockets().descriptors().release();
        if (!inEffect.portBehaviour().owns(ends.client())) {
            book.rejected(ends.client());
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

    private ConnectionLog history(
            FourTuple ends, boolean isServed, long readyNanos, long lagNanos) {
        ConnectionLog history =
                new ConnectionLog(
                        engine.records().ids().getAsLong(),
                        ends,
                        engine.clock().instant(),
                        readyNanos,
                        book.recordings(),
                        spec.record().bytes());
        history.accepted(lagNanos, lane.now(), isServed);
        return history;
    }

    private void start(SocketChannel channel, Reception.Single met, ConnectionLog history) {
        CloseMode atOnce = met.atOnce();
        if (atOnce != null) {
            endAtOnce(new BriefSocket.OfChannel(lane, channel), atOnce, history);
            return;
        }
        Lane home = engine.lanes().next();
        OpenConnection connection = make(channel, home, met, history);
        // From here on the connection releases what it holds, however it ends.
        book.opened(connection);
        if (home.equals(lane)) {
            connection.run();
        } else {
            home.loop().execute(connection);
        }
    }

    /// Ends a connection that has nothing to serve: its record is all that is made.
    private void endAtOnce(BriefSocket socket, CloseMode mode, ConnectionLog history) {
        book.accepted(history);
        ConnectionEnd how = briefEnd.end(socket, mode, history, spec.limits().bytes());
        book.ended(history, how, terms.remembered());
    }

    /// Makes a connection. An exception here is an error of this service. It ends only this
    /// connection, and is logged.
    private OpenConnection make(
            SocketChannel channel, Lane home, Reception.Single met, ConnectionLog history) {
        try {
            return connection(channel, home, met, history);
        } catch (RuntimeException | Error e) {
            abandon(channel);
            throw e;
        }
    }

    private OpenConnection connection(
            SocketChannel channel, Lane home, Reception.Single met, ConnectionLog history) {
        if (met.behaviour() instanceof Behaviour.Proxy proxy) {
            ProxiedConnection.ProxyTerms joined =
                    new ProxiedConnection.ProxyTerms(
                            proxy, met.faults(), receptions.plans().get(met.faults()));
            return new ProxiedConnection(book, home, channel, terms, history, joined);
        }
        if (met.behaviour() instanceof Behaviour.Stall && !spec.stalls()) {
            shrinkBuffer(channel);
        }
        Conversation conversation = Objects.requireNonNull(met.conversations(), "a proxy").get();
        return new AcceptedConnection(book, home, channel, terms, conversation, history);
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

    /// Closes the connection with a RST.
    private void abandon(SocketChannel channel) {
        lane.end(channel, CloseMode.RST);
        engine.sockets().descriptors().release();
    }
}
