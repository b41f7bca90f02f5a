package dev.sonde.listen.upstream;

import dev.sonde.kernel.Errno;
import org.jspecify.annotations.Nullable;

/// The reason why an upstream cannot be connected to.
///
/// @param reason a word of the closed list of probe results, or `loop`
/// @param errno the error number's name, where the kernel gave one
public record UpstreamFault(String reason, @Nullable String errno) {

    /// Whether the upstream accepted the connection and reset it at once.
    public boolean isReset() {
        return reason.equals("reset");
    }

    static UpstreamFault of(String reason) {
        return new UpstreamFault(reason, null);
    }

    static UpstreamFault of(Errno errno) {
        return new UpstreamFault(reason(errno), errno.name());
    }

    private static String reason(Errno errno) {
        return switch (errno) {
            case ECONNREFUSED -> "refused";
            case ETIMEDOUT -> "timed_out";
            case EHOSTUNREACH, EHOSTDOWN -> "host_unreachable";
            case ENETUNREACH -> "net_unreachable";
            case EACCES -> "prohibited";
            case ECONNRESET, EPIPE -> "reset";
            case EMFILE, ENFILE -> "no_descriptors";
            case EADDRNOTAVAIL, EADDRINUSE -> "no_local_port";
            default -> "local_error";
        };
    }
}
