package dev.sonde.attempt.step;

import dev.sonde.kernel.Errno;
import dev.sonde.probe.finding.FailureReason;
import dev.sonde.probe.finding.Outcome;
import dev.sonde.probe.spec.Phase;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// The outcomes of an observation, in words for a person.
final class ObservationOutcomes {

    private ObservationOutcomes() {}

    static Outcome closed() {
        return failed(
                FailureReason.CLOSED_BY_PEER,
                "the peer closed the connection (FIN) without an answer");
    }

    static Outcome reset(Errno errno) {
        return failed(
                FailureReason.RESET,
                errno + ": the peer aborted the connection (RST) without an answer");
    }

    static Outcome gaveUp(Errno errno) {
        return failed(
                FailureReason.UNACKNOWLEDGED,
                errno + ": our kernel gave up on data that nobody acknowledged");
    }

    /// @param hasAccepted whether the peer's program has this connection
    static Outcome noAnswer(Duration watch, boolean isAcknowledged, boolean hasAccepted) {
        return failed(
                FailureReason.NO_ANSWER,
                "no answer within %d ms".formatted(watch.toMillis())
                        + (isAcknowledged
                                ? ": the peer's kernel has the data, and its program stays silent"
                                        + (hasAccepted ? "" : " or has not accepted yet")
                                        + ". A large answer may also be lost on the way back (an MTU"
                                        + " black hole)"
                                : "; whether the peer's kernel took the data is not known here"));
    }

    /// @param hasSent whether data was sent that nobody acknowledged
    /// @param other of a second connect; absent without one
    static Outcome halfEstablished(boolean hasSent, @Nullable Outcome other) {
        return failed(
                FailureReason.HALF_ESTABLISHED,
                "our end is connected, but the peer repeats its SYN-ACK"
                        + (hasSent ? " and acknowledges no data" : "")
                        + cause(other));
    }

    /// A full queue answers no second connect.
    private static String cause(@Nullable Outcome other) {
        return other instanceof Outcome.Succeeded
                ? ": a second connect is answered, so its accept queue has room. This connection's"
                        + " packets get lost on the way to the peer or are dropped there"
                : ": its accept queue is full, and its program does not see this connection before"
                        + " it accepts others"
                        + (other == null ? "" : "; " + answer(other));
    }

    /// The answer of a second connect, in one clause.
    static String answer(Outcome second) {
        return second instanceof Outcome.Succeeded
                ? "a second connect is answered"
                : "a second connect ends with " + second.reasonLabel();
    }

    static Outcome unacknowledged(Duration waited, String more) {
        return failed(
                FailureReason.UNACKNOWLEDGED,
                "nothing acknowledged the data within %d ms%s".formatted(waited.toMillis(), more));
    }

    static Outcome shutFromTheStart(Duration waited) {
        return failed(
                FailureReason.UNACKNOWLEDGED,
                ("nothing could be sent within %d ms, so nothing could be acknowledged: the peer's"
                                + " window is zero from its first answer on, as a tarpit's is")
                        .formatted(waited.toMillis()));
    }

    /// The finding of a second connect, as the end of a sentence.
    ///
    /// @param hasAccepted whether the peer's program has this connection: then no SYN cookie and no
    ///     full queue is the cause
    static String second(Outcome second, boolean hasAccepted) {
        if (second instanceof Outcome.Succeeded) {
            return "; a second connection is taken, so this one's data is lost"
                    + (hasAccepted
                            ? " on the way, since a peer that has spoken has accepted"
                            : ", or a SYN cookie answered its handshake");
        }
        return "; a second connect ends with "
                + second.reasonLabel()
                + (hasAccepted
                        ? ", so the path or the host is gone"
                        : ", so its queue is full, or the path or the host is gone");
    }

    static String silent(boolean repeatsSynAck) {
        return repeatsSynAck
                ? "the peer repeats its SYN-ACK and takes further connections: it waits for data"
                        + " first (TCP_DEFER_ACCEPT), or had no room for a while"
                : "the peer sent nothing, and nothing was said to it";
    }

    private static Outcome failed(FailureReason reason, String detail) {
        return new Outcome.Failed(reason, Phase.OBSERVE, detail);
    }
}
