package dev.sonde.listen.proxy;

import dev.sonde.kernel.Errno;
import dev.sonde.kernel.ErrorTexts;
import dev.sonde.lane.Lane;
import dev.sonde.listen.spec.ConnectionEnd;
import dev.sonde.probe.finding.TimelineEvent.Kind;
import dev.sonde.probe.finding.TimelineEvent.Side;
import dev.sonde.probe.spec.CloseMode;
import java.io.IOException;
import javax.net.ssl.SSLException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The treatment of a failed side. A RST is passed on behind the bytes before it; any other failure
/// ends both sides. Confined to the connection's loop.
final class Breakage {

    private static final Logger log = LoggerFactory.getLogger(Breakage.class);

    private final Pair pair;
    private final Lane lane;
    private final PairLog record;
    private final ErrorTexts errors;

    Breakage(Pair pair, Lane lane, PairLog record, ErrorTexts errors) {
        this.pair = pair;
        this.lane = lane;
        this.record = record;
        this.errors = errors;
    }

    /// A side threw an exception.
    ///
    /// @param served the side that was served
    void onFailure(Leg served, Exception cause) {
        Leg leg = cause instanceof LegException broken ? broken.leg() : served;
        Exception reason = cause instanceof LegException broken ? broken.reason() : cause;
        Errno errno = errors.errnoOf(String.valueOf(reason.getMessage()));
        if (reason instanceof SSLException) {
            record.note(leg.isClient(), Kind.TLS_FAILED);
            pair.end(ConnectionEnd.TLS_FAILED, CloseMode.FIN);
        } else if (!(reason instanceof IOException)) {
            log.atError().setCause(cause).log("proxied connection failed");
            pair.end(ConnectionEnd.ERROR, CloseMode.RST);
        } else if (!errno.isReset()) {
            record.history()
                    .noteError(
                            lane.now(),
                            leg.isClient() ? Side.LISTENER : Side.UPSTREAM,
                            errno.name());
            pair.end(ConnectionEnd.ERROR, CloseMode.RST);
        } else if (leg.isReset()) {
            reset(leg);
        } else {
            readToTheReset(leg);
        }
    }

    /// The bytes that came before the RST are still there to be read.
    private void readToTheReset(Leg leg) {
        leg.setReset();
        Joint joint = pair.joint();
        if (joint == null || leg.hasInputEnded()) {
            reset(leg);
            return;
        }
        joint.to(leg).breakOff();
        try {
            joint.from(leg).read();
            pair.updateInterest();
        } catch (LegException e) {
            pair.onFailure(e.leg(), e);
        }
    }

    /// Checks the sides that are not read, which do not report their RST.
    void lookAtUnread() {
        Joint joint = pair.joint();
        if (joint != null) {
            lookAtUnread(joint, joint.client());
        }
        if (joint != null && pair.isOpen()) {
            lookAtUnread(joint, joint.upstream());
        }
    }

    private void lookAtUnread(Joint joint, Leg leg) {
        if (joint.from(leg).wantsRead()) {
            return;
        }
        switch (leg.glance()) {
            case PEER_RESET -> reset(leg);
            case ERROR -> pair.end(ConnectionEnd.ERROR, CloseMode.RST);
            case UNREAD, UNKNOWN, PEER_CLOSED -> {}
        }
    }

    /// Checks a client that is held without reading, and ends the connection when it is gone.
    boolean isThere(Leg client) {
        switch (client.glance()) {
            case PEER_RESET -> reset(client);
            case PEER_CLOSED -> {
                record.note(Kind.PEER_CLOSED);
                pair.end(ConnectionEnd.PEER_FIN, CloseMode.FIN);
            }
            case ERROR -> pair.end(ConnectionEnd.ERROR, CloseMode.RST);
            case UNREAD, UNKNOWN -> {
                return true;
            }
        }
        return false;
    }

    /// A side has reset its connection: the other one meets the RST behind the bytes before it.
    void reset(Leg leg) {
        Joint joint = pair.joint();
        Flow from = joint == null ? null : joint.from(leg);
        if (joint == null || from == null || from.isDone()) {
            record.note(leg.isClient(), Kind.PEER_RESET);
            pair.end(PairLog.resetBy(leg.isClient()), CloseMode.RST);
            return;
        }
        joint.to(leg).breakOff();
        try {
            if (leg.hasInputEnded()) {
                record.note(leg.isClient(), Kind.PEER_RESET);
                from.resetAtEnd();
            } else {
                from.sourceEnded(FlowEnd.RST);
            }
            pair.updateInterest();
        } catch (LegException e) {
            pair.onFailure(e.leg(), e);
        }
    }
}
