package dev.sonde.listen.proxy;

import dev.sonde.lane.Lane;
import dev.sonde.listen.engine.ListenEngine;
import dev.sonde.listen.engine.LoopTimer;
import dev.sonde.listen.engine.ProxyMemory;
import dev.sonde.listen.spec.ConnectionEnd;
import dev.sonde.listen.transport.AcceptedSocket;
import dev.sonde.listen.transport.Transport;
import dev.sonde.probe.finding.TimelineEvent.Kind;
import dev.sonde.probe.spec.CloseMode;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// A client and an upstream, joined.
///
/// ```
/// New --> Opening --> Open --both directions ended, RST, a fault--> Ended
///            |          '--finish--> Lingering --both FINs, silence----^
///            |--upstream failed--> Held, Lingering or Ended            |
///            '-------- listener closed, loop closed, an error ---------'
/// ```
///
/// Confined to its loop's thread. The first end wins; [#end] is the only place where it ends.
public final class Pair {

    /// A peer that never closes its side must not keep ours.
    private static final Duration LINGER = Duration.ofSeconds(2);

    /// The time between two checks for a RST behind unread bytes.
    private static final Duration LOOK_AGAIN = Duration.ofMillis(200);

    private enum State {
        NEW,
        OPENING,
        OPEN,
        HELD,
        LINGERING,
        ENDED
    }

    private final ListenEngine engine;
    private final Lane lane;
    private final PairTerms terms;
    private final PairLog record;
    private final Breakage breakage;
    private final Leg client;
    private final PairOpening opening;
    private State state = State.NEW;
    private FaultPlan plan;
    private @Nullable Joint joint;
    private @Nullable LoopTimer timer;

    public Pair(ListenEngine engine, Lane lane, SocketChannel channel, PairTerms terms) {
        this.engine = engine;
        this.lane = lane;
        this.terms = terms;
        this.record = new PairLog(lane, terms.history(), terms.observer());
        this.breakage = new Breakage(this, lane, record, engine.sockets().errors());
        this.plan = terms.plan();
        this.client = new Leg(true, new AcceptedSocket(lane, channel));
        this.opening = new PairOpening(this, terms, client);
    }

    ListenEngine engine() {
        return engine;
    }

    Lane lane() {
        return lane;
    }

    ProxyMemory memory() {
        return engine.upstreams().memory();
    }

    PairLog record() {
        return record;
    }

    boolean isOpen() {
        return state == State.OPEN;
    }

    /// Both sides, while they are joined.
    @Nullable Joint joint() {
        return state == State.OPEN ? joint : null;
    }

    /// Begins, on the connection's own loop.
    public void start() {
        try {
            client.register(new LegHandler(this, client));
            state = State.OPENING;
            opening.begin();
        } catch (IOException | RuntimeException e) {
            onFailure(client, e);
        }
    }

    /// The upstream is connected.
    void join(SocketChannel channel, AcceptedSocket socket, Transport transport) {
        Leg served = client;
        try {
            terms.history()
                    .upstreamConnected((InetSocketAddress) channel.getLocalAddress(), lane.now());
            Leg upstream = new Leg(false, socket);
            Joint joined = new Joint(this, client, upstream, terms.most());
            joint = joined;
            served = upstream;
            upstream.register(new LegHandler(this, upstream));
            upstream.carryThrough(transport);
            state = State.OPEN;
            joined.apply(plan);
            joined.readWhatIsHeld();
            updateInterest();
        } catch (IOException | RuntimeException e) {
            onFailure(served, e);
        }
    }

    /// The upstream is not available.
    void giveUp() {
        switch (terms.proxy().onUpstreamFailure()) {
            case CLOSE -> finish(ConnectionEnd.UPSTREAM_FAILED);
            case RESET -> end(ConnectionEnd.UPSTREAM_FAILED, CloseMode.RST);
            case REFUSE -> {
                end(ConnectionEnd.UPSTREAM_FAILED, CloseMode.RST);
                terms.observer().refusesNewcomers();
            }
            case HOLD -> {
                state = State.HELD;
                client.interest(SelectionKey.OP_READ);
            }
        }
    }

    /// Switches to other faults; bytes on their way are not lost.
    public void apply(FaultPlan other) {
        plan = other;
        Joint joined = joint();
        if (joined == null) {
            return;
        }
        try {
            joined.apply(other);
            updateInterest();
        } catch (LegException e) {
            onFailure(e.leg(), e);
        }
    }

    void onReady(Leg leg, int readyOps) throws IOException {
        switch (state) {
            case OPENING -> opening.secure();
            case OPEN -> {
                if (joint != null) {
                    joint.onReady(leg, readyOps);
                    updateInterest();
                }
            }
            case HELD -> look();
            case LINGERING -> drop(leg);
            case NEW, ENDED -> {}
        }
    }

    /// Has the selector report only the needed readiness. A side that is not read is polled at
    /// intervals.
    void updateInterest() {
        Joint joined = joint();
        if (joined != null && !joined.updateInterest() && (timer == null || !timer.isSet())) {
            wakeAfter(LOOK_AGAIN);
        }
    }

    private void wakeAfter(Duration wait) {
        if (timer == null) {
            timer = new LoopTimer(lane.loop(), this::onTimer);
        }
        timer.setAfter(wait);
    }

    private void onTimer() {
        switch (state) {
            case LINGERING -> endLingering();
            case HELD -> look();
            case OPEN -> {
                breakage.lookAtUnread();
                updateInterest();
            }
            case NEW, OPENING, ENDED -> {}
        }
    }

    /// Checks a client that is held without reading.
    private void look() {
        client.interest(0);
        if (breakage.isThere(client)) {
            wakeAfter(LOOK_AGAIN);
        }
    }

    /// The end of a direction has come to its sink.
    void arrived(Flow flow, FlowEnd how) {
        if (joint != null) {
            joint.arrived(flow, how);
        }
    }

    /// A fault resets both sides.
    void abort() {
        record.note(Kind.CLOSE_RST);
        end(ConnectionEnd.FAULT_RST, CloseMode.RST);
    }

    void onFailure(Leg served, Exception cause) {
        if (state == State.LINGERING && cause instanceof IOException) {
            endLingering();
        } else if (state != State.ENDED) {
            breakage.onFailure(served, cause);
        }
    }

    /// Ends the connection because somebody asks for it.
    public void endByRequest(CloseMode mode) {
        if (state == State.ENDED || state == State.LINGERING) {
            return;
        }
        if (mode == CloseMode.FIN) {
            finish(ConnectionEnd.OUR_FIN);
        } else {
            record.note(Kind.CLOSE_RST);
            end(ConnectionEnd.OUR_RST, CloseMode.RST);
        }
    }

    /// Ends the connection because of a limit.
    public void endByLimit(ConnectionEnd how) {
        if (state != State.LINGERING) {
            finish(how);
        }
    }

    /// The listener closes. This connection then ends with a RST.
    public void onListenerClosed() {
        if (state == State.LINGERING) {
            endLingering();
        } else if (state != State.ENDED) {
            record.note(Kind.CLOSE_RST);
            end(ConnectionEnd.LISTENER_CLOSED, CloseMode.RST);
        }
    }

    /// Sends FIN to both sides and drops their input for a while. Unread bytes would turn the FIN
    /// into a RST.
    void finish(ConnectionEnd how) {
        if (state == State.ENDED || state == State.LINGERING) {
            return;
        }
        record.decided(how);
        record.note(Kind.CLOSE_FIN);
        stop();
        state = State.LINGERING;
        try {
            client.endOutput();
            client.interest(SelectionKey.OP_READ);
            if (joint != null) {
                joint.upstream().endOutput();
                joint.upstream().interest(SelectionKey.OP_READ);
            }
            wakeAfter(LINGER);
        } catch (LegException e) {
            endLingering();
        }
    }

    private void drop(Leg leg) throws LegException {
        if (leg.drop(lane.buffer().clear())) {
            leg.interest(0);
            if (client.hasInputEnded() && (joint == null || joint.upstream().hasInputEnded())) {
                endLingering();
            }
        }
    }

    private void endLingering() {
        end(record.firstEnd(ConnectionEnd.OUR_FIN), CloseMode.FIN);
    }

    private void stop() {
        if (timer != null) {
            timer.cancel();
        }
        opening.stop();
        if (joint != null) {
            joint.stop();
        }
    }

    void end(ConnectionEnd how, CloseMode mode) {
        if (state == State.ENDED) {
            return;
        }
        state = State.ENDED;
        stop();
        terms.history().ended(how, lane.now());
        client.close(mode);
        if (joint != null) {
            joint.upstream().close(mode);
            engine.sockets().descriptors().release();
        }
        terms.observer().ended(how);
    }
}
