package dev.sonde.attempt.name;

import dev.sonde.attempt.name.DnsReply.Answered;
import dev.sonde.attempt.name.DnsReply.Refused;
import dev.sonde.attempt.name.DnsReply.Silent;
import dev.sonde.probe.finding.FailureReason;
import dev.sonde.probe.finding.NameEvidence;
import dev.sonde.probe.finding.Outcome;
import dev.sonde.probe.spec.Phase;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The verdict of all answers for one candidate of a name.
///
/// @param addresses IPv4 before IPv6; empty without any
/// @param reason why there is none, with its rank; the one of the least rank is the name's
/// @param detail the same in words
/// @param ttlSeconds for which it may be used again; 0 where it may not
/// @param evidence of the deciding answer; absent where nobody was asked
record NameVerdict(
        List<InetAddress> addresses,
        FailureReason reason,
        String detail,
        long ttlSeconds,
        @Nullable NameEvidence evidence) {

    /// A timeout hides what else could be said; a failure hides what a server denies.
    private static final List<FailureReason> RANKS =
            List.of(
                    FailureReason.RESOLVE_TIMED_OUT,
                    FailureReason.NAME_SERVICE_FAILED,
                    FailureReason.NO_ADDRESS,
                    FailureReason.NAME_NOT_FOUND);

    NameVerdict {
        addresses = List.copyOf(addresses);
    }

    /// @param replies for each family that was asked for
    static NameVerdict of(String candidate, String families, List<DnsReply> replies) {
        List<InetAddress> all = new ArrayList<>();
        long ttl = Long.MAX_VALUE;
        NameEvidence evidence = null;
        for (DnsReply reply : replies) {
            if (reply instanceof Answered answered) {
                all.addAll(answered.addresses());
                ttl = Math.min(ttl, answered.ttlSeconds());
                evidence =
                        evidence == null && !answered.addresses().isEmpty()
                                ? answered.evidence()
                                : evidence;
            }
        }
        all.sort(Comparator.comparing(address -> !AddressOrder.isIpv4(address)));
        if (!all.isEmpty()) {
            return new NameVerdict(all, FailureReason.NO_ADDRESS, "", ttl, evidence);
        }
        return replies.stream()
                .map(reply -> failure(candidate, families, reply))
                .min(Comparator.comparingInt(NameVerdict::rank))
                .orElseThrow();
    }

    /// A name that DNS cannot carry, such as one with a label of more than 63 bytes.
    static NameVerdict impossible(String candidate) {
        return failed(
                FailureReason.NAME_NOT_FOUND,
                "the name %s cannot exist: DNS has no such names".formatted(bare(candidate)),
                0,
                null);
    }

    boolean isFound() {
        return !addresses.isEmpty();
    }

    int rank() {
        return RANKS.indexOf(reason);
    }

    Outcome outcome() {
        return new Outcome.Failed(reason, Phase.RESOLVE, detail);
    }

    private static NameVerdict failure(String candidate, String families, DnsReply reply) {
        return switch (reply) {
            case Silent(String servers) ->
                    failed(
                            FailureReason.RESOLVE_TIMED_OUT,
                            "the name service did not answer in time: " + servers,
                            0,
                            NameEvidence.unanswered(servers));
            case Refused(String why, String server) ->
                    failed(
                            FailureReason.NAME_SERVICE_FAILED,
                            why,
                            0,
                            NameEvidence.unanswered(server));
            case Answered answered -> answered(candidate, families, answered);
        };
    }

    private static NameVerdict answered(String candidate, String families, Answered answered) {
        String says = "; " + answered.server() + " says so" + aliases(answered);
        if (answered.isMissing()) {
            return failed(
                    FailureReason.NAME_NOT_FOUND,
                    "NXDOMAIN: the name %s does not exist".formatted(bare(candidate)) + says,
                    answered.ttlSeconds(),
                    answered.evidence());
        }
        if (!answered.isOk()) {
            return failed(
                    FailureReason.NAME_SERVICE_FAILED,
                    "%s: the name service failed for the addresses of %s"
                                    .formatted(answered.code(), bare(candidate))
                            + says,
                    0,
                    answered.evidence());
        }
        return failed(
                FailureReason.NO_ADDRESS,
                answered.isLoop()
                        ? "the aliases of %s lead in a loop".formatted(bare(candidate)) + says
                        : "the name %s exists and has no %s address"
                                        .formatted(bare(candidate), families)
                                + says,
                answered.ttlSeconds(),
                answered.evidence());
    }

    private static String aliases(Answered answered) {
        return answered.aliases().size() < 2
                ? ""
                : " (aliases: " + String.join(" -> ", answered.aliases()) + ")";
    }

    private static String bare(String candidate) {
        return candidate.substring(0, candidate.length() - 1);
    }

    /// The same as an answer that is used again.
    NameVerdict asCached() {
        return new NameVerdict(
                addresses,
                reason,
                detail,
                ttlSeconds,
                evidence == null ? null : evidence.asCached());
    }

    private static NameVerdict failed(
            FailureReason reason, String detail, long ttlSeconds, @Nullable NameEvidence evidence) {
        return new NameVerdict(List.of(), reason, detail, ttlSeconds, evidence);
    }
}
