package dev.sonde.api.timeline;

import dev.sonde.probe.finding.AttemptResult;
import dev.sonde.probe.finding.FailureReason;
import dev.sonde.probe.finding.FloodReport;
import dev.sonde.probe.finding.FloodReport.Stall;
import dev.sonde.probe.finding.IcmpMessage;
import dev.sonde.probe.finding.NotProbedReason;
import dev.sonde.probe.finding.ObserveReport;
import dev.sonde.probe.finding.Outcome;
import dev.sonde.probe.spec.Phase;
import org.jspecify.annotations.Nullable;

/// The part of the way that is responsible for an outcome, in words.
final class Culprit {

    private Culprit() {}

    /// The part that is responsible; null for a success.
    static @Nullable String of(AttemptResult attempt) {
        return switch (attempt.outcome()) {
            case Outcome.Succeeded _ -> null;
            case Outcome.NotProbed(NotProbedReason reason, _, _) ->
                    reason == NotProbedReason.DENIED_BY_POLICY
                            ? "this service's target policy; the target was not asked"
                            : "this service or its host; the target was not asked";
            case Outcome.Failed(FailureReason reason, Phase phase, _) -> of(reason, phase, attempt);
        };
    }

    private static String of(FailureReason reason, Phase phase, AttemptResult attempt) {
        IcmpMessage icmp = attempt.evidence().icmp();
        return switch (reason) {
            case NAME_NOT_FOUND, NO_ADDRESS -> "the name: no address belongs to it";
            case NAME_SERVICE_FAILED, RESOLVE_TIMED_OUT -> "the name service";
            case REFUSED ->
                    icmp == null ? "the port: nothing listens, or a firewall rejects" : path(icmp);
            case HOST_UNREACHABLE, NET_UNREACHABLE, PROHIBITED, LOOP, PARAMETER_PROBLEM ->
                    path(icmp);
            case TIMED_OUT ->
                    phase == Phase.CONNECT
                            ? "the path, a full accept queue, or the host: no answer to the SYN"
                            : "the peer's program or the path: no answer in time";
            case RESET -> "the peer: it aborted the connection";
            case HALF_ESTABLISHED ->
                    hasRoom(attempt)
                            ? "the path, or a filter at the peer: this connection's packets get lost"
                            : "the peer's program: it accepts too slowly, its queue is full";
            case UNACKNOWLEDGED -> "the path or the peer's host: it acknowledges no data";
            case SEND_STALLED_LOSS -> "the path or the peer's host: data get lost";
            case PEER_LOST -> "the path or the peer's host: it no longer answers";
            case NO_ANSWER, CLOSED_BY_PEER, UNEXPECTED_ANSWER, REJECTED_ANSWER ->
                    "the peer's program";
            case SEND_STALLED_ZERO_WINDOW ->
                    isGone(attempt)
                            ? "the peer: its program did not read, and its host no longer answers"
                            : "the peer's program: it does not read";
            case TLS_UNTRUSTED, TLS_EXPIRED, TLS_REVOKED, TLS_HOSTNAME_MISMATCH ->
                    "the peer's certificate";
            case TLS_ALERT -> "the peer: it refuses this client's TLS";
            case TLS_HANDSHAKE_FAILED, TLS_PROTOCOL_ERROR -> "the peer's TLS";
        };
    }

    /// Whether a second connect was answered, as no full accept queue does.
    private static boolean hasRoom(AttemptResult attempt) {
        return attempt.reports().stream()
                .anyMatch(
                        report ->
                                report instanceof ObserveReport observed
                                        && Outcome.Succeeded.connected()
                                                .reasonLabel()
                                                .equals(observed.secondConnect()));
    }

    private static boolean isGone(AttemptResult attempt) {
        return attempt.reports().stream()
                .anyMatch(
                        report ->
                                report instanceof FloodReport flood
                                        && flood.stall() == Stall.ZERO_WINDOW_PEER_GONE);
    }

    private static String path(@Nullable IcmpMessage icmp) {
        return icmp == null || icmp.from() == null
                ? "the path to the host"
                : "the path: " + icmp.from() + " reports it";
    }
}
