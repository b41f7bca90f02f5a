package dev.sonde.attempt.connect;

import static dev.sonde.attempt.connect.IcmpMeaning.FORBIDDEN;
import static dev.sonde.attempt.connect.IcmpMeaning.NO_HOST;
import static dev.sonde.attempt.connect.IcmpMeaning.NO_PORT;
import static dev.sonde.attempt.connect.IcmpMeaning.NO_PROTOCOL;
import static dev.sonde.attempt.connect.IcmpMeaning.NO_ROUTE;
import static dev.sonde.attempt.connect.IcmpMeaning.PARAMETER;
import static dev.sonde.attempt.connect.IcmpMeaning.PRECEDENCE;
import static dev.sonde.attempt.connect.IcmpMeaning.REASSEMBLY;
import static dev.sonde.attempt.connect.IcmpMeaning.SCOPE;
import static dev.sonde.attempt.connect.IcmpMeaning.SERVICE;
import static dev.sonde.attempt.connect.IcmpMeaning.SOURCE_ROUTE;
import static dev.sonde.attempt.connect.IcmpMeaning.TOO_BIG;
import static dev.sonde.attempt.connect.IcmpMeaning.TOO_MANY_HOPS;
import static dev.sonde.attempt.connect.IcmpMeaning.UNNAMED;
import static dev.sonde.probe.finding.FailureReason.HOST_UNREACHABLE;
import static dev.sonde.probe.finding.FailureReason.LOOP;
import static dev.sonde.probe.finding.FailureReason.NET_UNREACHABLE;
import static dev.sonde.probe.finding.FailureReason.PARAMETER_PROBLEM;
import static dev.sonde.probe.finding.FailureReason.PROHIBITED;
import static dev.sonde.probe.finding.FailureReason.REFUSED;

import dev.sonde.kernel.QueuedError;
import dev.sonde.kernel.QueuedError.Icmp;
import dev.sonde.kernel.QueuedError.Version;
import dev.sonde.probe.finding.FailureReason;
import dev.sonde.probe.finding.Outcome;
import dev.sonde.probe.spec.AddressText;
import dev.sonde.probe.spec.Phase;
import java.net.InetAddress;
import org.jspecify.annotations.Nullable;

/// The table of ICMP messages that can end a connect: each type and code has its name, its reason
/// and its meaning by sender.
///
/// A connect that a message ended is always `failed`, whatever error number the kernel makes of it.
/// Sources: RFC 792, RFC 1812, RFC 4443, RFC 6550; `icmp_err_convert` in Linux `net/ipv4/icmp.c`.
public enum IcmpCause {
    V4_NET_UNREACHABLE(3, 0, "network unreachable", NET_UNREACHABLE, NO_ROUTE),
    V4_HOST_UNREACHABLE(3, 1, "host unreachable", HOST_UNREACHABLE, NO_HOST),
    V4_PROTOCOL_UNREACHABLE(3, 2, "protocol unreachable", REFUSED, NO_PROTOCOL),
    V4_PORT_UNREACHABLE(3, 3, "port unreachable", REFUSED, NO_PORT),
    V4_FRAGMENTATION_NEEDED(3, 4, "fragmentation needed", NET_UNREACHABLE, TOO_BIG),
    V4_SOURCE_ROUTE_FAILED(3, 5, "source route failed", NET_UNREACHABLE, SOURCE_ROUTE),
    V4_NET_UNKNOWN(3, 6, "destination network unknown", NET_UNREACHABLE, NO_ROUTE),
    V4_HOST_UNKNOWN(3, 7, "destination host unknown", HOST_UNREACHABLE, NO_HOST),
    V4_SOURCE_ISOLATED(3, 8, "source host isolated", NET_UNREACHABLE, NO_ROUTE),
    V4_NET_PROHIBITED(3, 9, "network administratively prohibited", PROHIBITED, FORBIDDEN),
    V4_HOST_PROHIBITED(3, 10, "host administratively prohibited", PROHIBITED, FORBIDDEN),
    V4_NET_SERVICE(3, 11, "network unreachable for type of service", NET_UNREACHABLE, SERVICE),
    V4_HOST_SERVICE(3, 12, "host unreachable for type of service", HOST_UNREACHABLE, SERVICE),
    V4_PROHIBITED(3, 13, "communication administratively prohibited", PROHIBITED, FORBIDDEN),
    V4_PRECEDENCE_VIOLATION(3, 14, "host precedence violation", PROHIBITED, PRECEDENCE),
    V4_PRECEDENCE_CUTOFF(3, 15, "precedence cutoff in effect", PROHIBITED, PRECEDENCE),
    V4_TTL_EXCEEDED(11, 0, "time to live exceeded in transit", LOOP, TOO_MANY_HOPS),
    V4_REASSEMBLY(11, 1, "fragment reassembly time exceeded", HOST_UNREACHABLE, REASSEMBLY),
    V4_PARAMETER(12, 0, "parameter problem", PARAMETER_PROBLEM, PARAMETER),
    V4_PARAMETER_OPTION(
            12, 1, "parameter problem, required option missing", PARAMETER_PROBLEM, PARAMETER),
    V4_PARAMETER_LENGTH(12, 2, "parameter problem, bad length", PARAMETER_PROBLEM, PARAMETER),
    V6_NO_ROUTE(1, 0, "no route to destination", NET_UNREACHABLE, NO_ROUTE),
    V6_PROHIBITED(1, 1, "administratively prohibited", PROHIBITED, FORBIDDEN),
    V6_SCOPE(1, 2, "beyond scope of source address", HOST_UNREACHABLE, SCOPE),
    V6_ADDRESS_UNREACHABLE(1, 3, "address unreachable", HOST_UNREACHABLE, NO_HOST),
    V6_PORT_UNREACHABLE(1, 4, "port unreachable", REFUSED, NO_PORT),
    V6_SOURCE_POLICY(1, 5, "source address failed policy", PROHIBITED, FORBIDDEN),
    V6_REJECT_ROUTE(1, 6, "reject route to destination", PROHIBITED, FORBIDDEN),
    V6_SOURCE_ROUTE(1, 7, "error in source routing header", NET_UNREACHABLE, SOURCE_ROUTE),
    V6_TOO_BIG(2, 0, "packet too big", NET_UNREACHABLE, TOO_BIG),
    V6_HOP_LIMIT(3, 0, "hop limit exceeded in transit", LOOP, TOO_MANY_HOPS),
    V6_REASSEMBLY(3, 1, "fragment reassembly time exceeded", HOST_UNREACHABLE, REASSEMBLY),
    V6_PARAMETER(4, 0, "parameter problem, erroneous header field", PARAMETER_PROBLEM, PARAMETER),
    V6_NEXT_HEADER(4, 1, "parameter problem, unknown next header", PARAMETER_PROBLEM, PARAMETER),
    V6_OPTION(4, 2, "parameter problem, unknown option", PARAMETER_PROBLEM, PARAMETER),
    /// A code that the table does not name, of a type that it knows.
    OTHER_UNREACHABLE(-1, -1, "destination unreachable", HOST_UNREACHABLE, UNNAMED),
    OTHER_TIME_EXCEEDED(-1, -1, "time exceeded", LOOP, UNNAMED),
    OTHER_PARAMETER(-1, -1, "parameter problem", PARAMETER_PROBLEM, PARAMETER),
    OTHER(-1, -1, "message", HOST_UNREACHABLE, UNNAMED);

    private final int type;
    private final int code;
    private final String messageName;
    private final FailureReason reason;
    private final IcmpMeaning meaning;

    IcmpCause(int type, int code, String messageName, FailureReason reason, IcmpMeaning meaning) {
        this.type = type;
        this.code = code;
        this.messageName = messageName;
        this.reason = reason;
        this.meaning = meaning;
    }

    static IcmpCause of(Version version, int type, int code) {
        for (IcmpCause cause : values()) {
            if (cause.type == type && cause.code == code && cause.isOf(version)) {
                return cause;
            }
        }
        return switch (version) {
            case V4 ->
                    switch (type) {
                        case 3 -> OTHER_UNREACHABLE;
                        case 11 -> OTHER_TIME_EXCEEDED;
                        case 12 -> OTHER_PARAMETER;
                        default -> OTHER;
                    };
            case V6 ->
                    switch (type) {
                        case 1 -> OTHER_UNREACHABLE;
                        case 3 -> OTHER_TIME_EXCEEDED;
                        case 4 -> OTHER_PARAMETER;
                        default -> OTHER;
                    };
        };
    }

    /// The name of a message, such as `host unreachable`.
    public static String nameOf(Icmp icmp) {
        return of(icmp.version(), icmp.type(), icmp.code()).messageName;
    }

    /// The outcome of a connect that an entry of the error queue ended.
    ///
    /// @param own this end's address; null where it is not known
    static Outcome of(QueuedError entry, InetAddress target, @Nullable InetAddress own) {
        return switch (entry) {
            case Icmp icmp -> outcome(icmp, target, own);
            case QueuedError.Local local -> ConnectErrors.ofConnect(local.errno());
        };
    }

    /// The outcome of a connect that a message ended.
    ///
    /// @param own this end's address; null where it is not known
    static Outcome outcome(Icmp icmp, InetAddress target, @Nullable InetAddress own) {
        IcmpCause cause = of(icmp.version(), icmp.type(), icmp.code());
        InetAddress offender = icmp.offender();
        IcmpSender sender = IcmpSender.of(offender, target, own);
        String detail =
                "%s: ICMP%s %s (type %d, code %d)%s: %s"
                        .formatted(
                                icmp.errno(),
                                icmp.version() == Version.V4 ? "" : "v6",
                                cause.messageName,
                                icmp.type(),
                                icmp.code(),
                                from(sender, offender),
                                cause.meaning.words(sender));
        return new Outcome.Failed(cause.reason, Phase.CONNECT, detail);
    }

    private static String from(IcmpSender sender, @Nullable InetAddress offender) {
        return switch (sender) {
            case UNKNOWN -> "";
            case OWN -> " from this host itself";
            case TARGET -> " from the target";
            case ROUTER ->
                    offender == null
                            ? ""
                            : " from " + AddressText.of(offender) + ", not the target";
        };
    }

    /// Whether it matches one type and code.
    boolean isNamed() {
        return type >= 0;
    }

    boolean isOf(Version version) {
        return name().startsWith(version.name());
    }

    int type() {
        return type;
    }

    int code() {
        return code;
    }

    String messageName() {
        return messageName;
    }

    FailureReason reason() {
        return reason;
    }

    IcmpMeaning meaning() {
        return meaning;
    }
}
