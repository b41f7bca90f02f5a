package dev.sonde.listen.proxy;

import dev.sonde.listen.spec.ConnectionEnd;
import dev.sonde.listen.spec.FaultDirection;
import dev.sonde.probe.spec.CloseMode;
import java.nio.channels.SelectionKey;
import org.jspecify.annotations.Nullable;

/// The two sides of a proxied connection with the two directions between them. Confined to the
/// connection's loop.
final class Joint {

    private final Pair pair;
    private final Leg client;
    private final Leg upstream;
    private final Flow toUpstream;
    private final Flow toClient;

    Joint(Pair pair, Leg client, Leg upstream, @Nullable Long most) {
        this.pair = pair;
        this.client = client;
        this.upstream = upstream;
        this.toUpstream = new Flow(pair, FaultDirection.TO_UPSTREAM, client, upstream, most);
        this.toClient = new Flow(pair, FaultDirection.TO_CLIENT, upstream, client, most);
    }

    Leg client() {
        return client;
    }

    Leg upstream() {
        return upstream;
    }

    boolean isClient(Leg leg) {
        return leg.equals(client);
    }

    /// The direction whose source is `leg`.
    Flow from(Leg leg) {
        return isClient(leg) ? toUpstream : toClient;
    }

    /// The direction whose sink is `leg`.
    Flow to(Leg leg) {
        return isClient(leg) ? toClient : toUpstream;
    }

    private Leg other(Leg leg) {
        return isClient(leg) ? upstream : client;
    }

    private boolean areBothDone() {
        return toUpstream.isDone() && toClient.isDone();
    }

    /// The end of a direction has come to its sink.
    void arrived(Flow flow, FlowEnd how) {
        switch (how) {
            case FIN -> {
                if (areBothDone()) {
                    pair.end(pair.record().firstEnd(ConnectionEnd.PEER_FIN), CloseMode.FIN);
                }
            }
            case RST -> pair.end(PairLog.resetBy(flow.equals(toUpstream)), CloseMode.RST);
            case FAULT_CLOSE -> pair.finish(ConnectionEnd.FAULT_FIN);
            case BYTE_LIMIT -> pair.finish(ConnectionEnd.BYTE_LIMIT);
            case FAULT_RESET -> pair.abort();
        }
    }

    /// Switches to other faults.
    void apply(FaultPlan plan) throws LegException {
        toUpstream.apply(plan);
        if (pair.isOpen()) {
            toClient.apply(plan);
        }
    }

    /// Reads bytes that have left a socket already, which the selector does not report.
    void readWhatIsHeld() throws LegException {
        if (pair.isOpen() && client.mayHoldMore()) {
            toUpstream.read();
        }
        if (pair.isOpen() && upstream.mayHoldMore()) {
            toClient.read();
        }
    }

    void onReady(Leg leg, int readyOps) throws LegException {
        if ((readyOps & SelectionKey.OP_WRITE) != 0) {
            to(leg).pump();
            if (pair.isOpen() && other(leg).mayHoldMore()) {
                to(leg).read();
            }
        }
        if (pair.isOpen() && (readyOps & SelectionKey.OP_READ) != 0) {
            from(leg).read();
        }
    }

    /// Has the selector report only the readiness that somebody wants.
    ///
    /// @return whether both sides are read, so that the selector reports each RST
    boolean updateInterest() {
        boolean isClientRead = toUpstream.wantsRead();
        boolean isUpstreamRead = toClient.wantsRead();
        client.interest(ops(isClientRead, toClient.isBlocked()));
        upstream.interest(ops(isUpstreamRead, toUpstream.isBlocked()));
        return isClientRead && isUpstreamRead;
    }

    private static int ops(boolean isRead, boolean isBlocked) {
        return (isRead ? SelectionKey.OP_READ : 0) | (isBlocked ? SelectionKey.OP_WRITE : 0);
    }

    void stop() {
        toUpstream.stop();
        toClient.stop();
    }
}
