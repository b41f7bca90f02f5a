package dev.sonde.attempt.connect;

import dev.sonde.kernel.QueuedError.Icmp;
import dev.sonde.kernel.QueuedError.Version;
import dev.sonde.probe.spec.AddressText;
import java.net.InetAddress;
import org.jspecify.annotations.Nullable;

/// The names of the ICMP messages that can end a connect (RFC 792, RFC 1812, RFC 4443).
final class IcmpNames {

    private static final int V4_UNREACHABLE = 3;
    private static final int V6_UNREACHABLE = 1;

    private IcmpNames() {}

    /// Whether the message says that somebody forbids it, in whatever error number it came.
    static boolean isProhibition(Icmp icmp) {
        return switch (icmp.version()) {
            case V4 ->
                    icmp.type() == V4_UNREACHABLE
                            && (icmp.code() == 9 || icmp.code() == 10 || icmp.code() == 13);
            case V6 ->
                    icmp.type() == V6_UNREACHABLE
                            && (icmp.code() == 1 || icmp.code() == 5 || icmp.code() == 6);
        };
    }

    /// One clause: which message, and who sent it.
    ///
    /// @param own this end's address, whose own kernel speaks for it; null where it is not known
    static String describe(Icmp icmp, @Nullable InetAddress own) {
        InetAddress offender = icmp.offender();
        String from = offender == null ? "" : " from " + sender(offender, own);
        return "ICMP%s %s (type %d, code %d)%s"
                .formatted(
                        icmp.version() == Version.V4 ? "" : "v6",
                        name(icmp),
                        icmp.type(),
                        icmp.code(),
                        from);
    }

    private static String sender(InetAddress offender, @Nullable InetAddress own) {
        return offender.equals(own) ? "this host itself" : AddressText.of(offender);
    }

    private static String name(Icmp icmp) {
        boolean v4 = icmp.version() == Version.V4;
        if (icmp.type() != (v4 ? V4_UNREACHABLE : V6_UNREACHABLE)) {
            return "message";
        }
        return v4 ? v4Unreachable(icmp.code()) : v6Unreachable(icmp.code());
    }

    private static String v4Unreachable(int code) {
        return switch (code) {
            case 0 -> "network unreachable";
            case 1 -> "host unreachable";
            case 2 -> "protocol unreachable";
            case 3 -> "port unreachable";
            case 9 -> "network administratively prohibited";
            case 10 -> "host administratively prohibited";
            case 13 -> "communication administratively prohibited";
            default -> "destination unreachable";
        };
    }

    private static String v6Unreachable(int code) {
        return switch (code) {
            case 0 -> "no route to destination";
            case 1 -> "administratively prohibited";
            case 3 -> "address unreachable";
            case 4 -> "port unreachable";
            case 5 -> "source address failed policy";
            case 6 -> "reject route to destination";
            default -> "destination unreachable";
        };
    }
}
