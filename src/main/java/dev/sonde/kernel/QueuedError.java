package dev.sonde.kernel;

import java.net.InetAddress;
import org.jspecify.annotations.Nullable;

/// One entry of a socket's error queue: the cause of a failed connect and its sender.
public sealed interface QueuedError {

    /// The error number of `connect`.
    Errno errno();

    /// An error of this host itself, without an ICMP message.
    record Local(Errno errno) implements QueuedError {}

    /// An error that an ICMP message caused.
    ///
    /// @param version which table `type` and `code` belong to
    /// @param type 0..255, 3 or 1 for "destination unreachable" of V4 or V6 (RFC 792, RFC 4443)
    /// @param code 0..255, the reason within the type
    /// @param offender the sender of the message: the target, a router or an own address; absent if
    ///     the kernel did not say. An own address means the own firewall or an own neighbour
    ///     look-up.
    record Icmp(Errno errno, Version version, int type, int code, @Nullable InetAddress offender)
            implements QueuedError {}

    /// Which ICMP the message was.
    enum Version {
        V4,
        V6
    }
}
