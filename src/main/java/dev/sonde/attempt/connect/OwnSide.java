package dev.sonde.attempt.connect;

import dev.sonde.kernel.Errno;
import dev.sonde.kernel.OwnRoute;
import dev.sonde.kernel.QueuedError;
import dev.sonde.kernel.TcpInfo;
import dev.sonde.kernel.TcpState;
import dev.sonde.probe.finding.FailureReason;
import dev.sonde.probe.finding.NotProbedReason;
import dev.sonde.probe.finding.Outcome;
import dev.sonde.probe.spec.AddressText;
import dev.sonde.probe.spec.Phase;
import java.net.InetAddress;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The question for this host's own route, neighbour and link: its occasions, and its answer in
/// words.
final class OwnSide {

    private static final Set<Errno> ROUTE_ERRORS =
            EnumSet.of(
                    Errno.EHOSTUNREACH,
                    Errno.EHOSTDOWN,
                    Errno.ENETUNREACH,
                    Errno.EACCES,
                    Errno.EINVAL);

    private OwnSide() {}

    /// Whether the outcome leaves open which part of this host's own side is at fault.
    ///
    /// @param own this end's address, where it is known
    static boolean isOpen(
            Outcome outcome, KernelAccount account, Supplier<@Nullable InetAddress> own) {
        Errno errno = account.errno();
        TcpInfo info = account.latest();
        QueuedError queued = account.queued();
        return switch (outcome) {
            case Outcome.NotProbed(NotProbedReason reason, _, _) ->
                    reason == NotProbedReason.LOCAL_ERROR
                            && errno != null
                            && ROUTE_ERRORS.contains(errno);
            case Outcome.Failed(FailureReason reason, _, _) ->
                    switch (reason) {
                        case TIMED_OUT -> info != null && hasSentNothing(info);
                        case HOST_UNREACHABLE ->
                                queued instanceof QueuedError.Icmp icmp
                                        && icmp.offender() != null
                                        && icmp.offender().equals(own.get());
                        default -> false;
                    };
            case Outcome.Succeeded _ -> false;
        };
    }

    private static boolean hasSentNothing(TcpInfo info) {
        return info.state() == TcpState.SYN_SENT && UnansweredSyn.isHeldHere(info);
    }

    /// The outcome with the answer at the end of its detail.
    static Outcome with(String answer, Outcome outcome) {
        return switch (outcome) {
            case Outcome.Failed(FailureReason reason, Phase phase, String detail) ->
                    new Outcome.Failed(reason, phase, detail + "; " + answer);
            case Outcome.NotProbed(NotProbedReason reason, var phase, String detail) ->
                    new Outcome.NotProbed(reason, phase, detail + "; " + answer);
            case Outcome.Succeeded _ -> outcome;
        };
    }

    /// The answer in one clause.
    static String words(OwnRoute route) {
        return switch (route.kind()) {
            case NONE -> "no route of this host leads to the address";
            case UNREACHABLE, PROHIBIT, BLACKHOLE ->
                    "this host has a route of the kind "
                            + route.kind().name().toLowerCase(Locale.ROOT)
                            + " for the address";
            case BROADCAST -> "the address is the broadcast address of " + link(route);
            case LOCAL -> "the address is one of this host's own, on " + link(route);
            case UNICAST, OTHER -> way(route) + linkState(route);
        };
    }

    private static String way(OwnRoute route) {
        InetAddress gateway = route.gateway();
        String next =
                gateway == null
                        ? "the address is on the network of " + link(route)
                        : "the route leads through the gateway %s on %s"
                                .formatted(AddressText.of(gateway), link(route));
        OwnRoute.Neighbour neighbour = route.neighbour();
        if (neighbour == null) {
            return next;
        }
        return next
                + switch (neighbour) {
                    case INCOMPLETE, FAILED -> ", and it does not answer ARP or ND";
                    case KNOWN -> ", and it has answered ARP or ND";
                };
    }

    private static String linkState(OwnRoute route) {
        if (Boolean.FALSE.equals(route.isUp())) {
            return "; the link is switched off";
        }
        return Boolean.FALSE.equals(route.hasCarrier()) ? "; the link has no carrier" : "";
    }

    private static String link(OwnRoute route) {
        return route.device() == null ? "an unnamed link" : route.device();
    }
}
