package dev.sonde.listen.spec;

import java.util.Map;

/// A listener's connections in numbers, since it was created.
///
/// @param active open now
/// @param rejected reset at once, because as many as allowed were open
/// @param exhausted times that accepting had to rest, because no descriptor was left
/// @param upstreamIn bytes that came from the upstream of a proxy
/// @param upstreamOut bytes that were sent to the upstream of a proxy
/// @param byEnd those that ended; every end has an entry
public record ConnectionCounts(
        int active,
        long accepted,
        long rejected,
        long exhausted,
        long bytesIn,
        long bytesOut,
        long upstreamIn,
        long upstreamOut,
        Map<ConnectionEnd, Long> byEnd) {

    public ConnectionCounts {
        byEnd = Map.copyOf(byEnd);
    }

    /// Those that either side ended with a RST.
    public long reset() {
        return byEnd.getOrDefault(ConnectionEnd.PEER_RST, 0L)
                + byEnd.getOrDefault(ConnectionEnd.OUR_RST, 0L)
                + byEnd.getOrDefault(ConnectionEnd.UPSTREAM_RST, 0L)
                + byEnd.getOrDefault(ConnectionEnd.FAULT_RST, 0L);
    }
}
