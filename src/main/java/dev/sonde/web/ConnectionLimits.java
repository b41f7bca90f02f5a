package dev.sonde.web;

/// How many connections may be open.
///
/// @param total connections in all
/// @param perPeer connections of one address
/// @param ceiling sockets in all, those included that are closing
record ConnectionLimits(int total, int perPeer, int ceiling) {

    /// Heap that one connection costs at most, measured: an event stream, or half a request.
    private static final long COST_BYTES = 104 * 1_024;

    private static final int HEAP_SHARE = 8;
    private static final int LEAST = 64;
    private static final int MOST = 8_192;

    /// @param heapBytes the largest heap
    /// @param descriptors most file descriptors of this process; an eighth of them is left for HTTP
    static ConnectionLimits of(ConnectionProperties chosen, long heapBytes, long descriptors) {
        long affordable =
                Math.min(heapBytes / HEAP_SHARE / COST_BYTES, descriptors / 8 - LEAST / 2);
        int usual = Math.clamp(affordable, LEAST, MOST);
        int total = chosen.max() == null ? usual : chosen.max();
        int perPeer = chosen.maxPerAddress() == null ? total / 2 : chosen.maxPerAddress();
        return new ConnectionLimits(total, Math.min(perPeer, total), total + total / 8 + 16);
    }
}
