package dev.sonde.kernel;

import java.net.InetAddress;
import org.jspecify.annotations.Nullable;

/// One entry of a socket's error queue: why the kernel failed a connect, and who said so.
public sealed interface QueuedError {

    /// The error number of `connect`.
    Errno errno();

    /// This host said so itself, without an ICMP message.
    record Local(Errno errno) implements QueuedError {}

    /// An ICMP message said so.
    ///
    /// @param version which table `type` and `code` belong to
    /// @param type 0..255, 3 or 1 for "destination unreachable" of V4 or V6 (RFC 792, RFC 4443)
    /// @param code 0..255, the reason within the type
    /// @param offender the address that sent the message: the target, a router before it, or an own
    ///     address if the own firewall or an own neighbour lookup failed; absent if the kernel did
    ///     not say
    record Icmp(Errno errno, Version version, int type, int code, @Nullable InetAddress offender)
            implements QueuedError {}

    /// Which ICMP the message was.
    enum Version {
        V4,
        V6
    }
}
