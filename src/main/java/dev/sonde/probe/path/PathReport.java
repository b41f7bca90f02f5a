package dev.sonde.probe.path;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// The path of SYNs to a target, hop by hop.
///
/// @param hops in the order of their TTL; a hop that did not answer has a TTL only
/// @param reached whether an answer came in the target's name: a SYN-ACK or a RST
/// @param lastHop the greatest TTL that was answered; absent without any answer
/// @param detail one sentence for a person
public record PathReport(
        List<Hop> hops, boolean reached, @Nullable Integer lastHop, String detail) {

    public PathReport {
        hops = List.copyOf(hops);
    }

    /// The answer to a SYN of one TTL.
    ///
    /// @param address that answered
    /// @param rttMicros from the SYN to the answer
    /// @param icmp absent where the answer was a segment of TCP
    public record Hop(
            int ttl, @Nullable String address, @Nullable Long rttMicros, @Nullable Message icmp) {

        /// A hop without an answer.
        public static Hop silent(int ttl) {
            return new Hop(ttl, null, null, null);
        }
    }

    /// An ICMP message.
    ///
    /// @param sender the address that sent it; absent where the kernel did not say
    public record Message(int type, int code, @Nullable String sender) {}
}
