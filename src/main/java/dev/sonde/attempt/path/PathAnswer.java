package dev.sonde.attempt.path;

import dev.sonde.kernel.QueuedError;

/// The answer to one SYN of a path.
sealed interface PathAnswer {

    /// A router passes nothing on with this TTL: the path goes on.
    record Expired(QueuedError.Icmp message, long rttMicros) implements PathAnswer {}

    /// Another ICMP message: the path ends there.
    record Rejected(QueuedError.Icmp message, long rttMicros) implements PathAnswer {}

    /// A segment in the name of the target: the path ends there.
    ///
    /// @param isRst whether it is a RST; else a SYN-ACK
    record OfTarget(boolean isRst, long rttMicros) implements PathAnswer {}

    /// Nothing answered in time.
    record Silent() implements PathAnswer {}

    /// The SYN could not be sent.
    record NotSent(String why) implements PathAnswer {}

    PathAnswer SILENT = new Silent();
}
