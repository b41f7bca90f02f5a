package dev.sonde.web;

import java.util.LinkedHashSet;

/// The connections of one peer network. Belongs to [Connections], under its lock.
final class PeerConnections {

    final PeerNetwork network;

    /// Those that wait for the peer, longest first.
    final LinkedHashSet<HttpConnection> waiting = new LinkedHashSet<>();

    /// Those that have not ended.
    int live;

    PeerConnections(PeerNetwork network) {
        this.network = network;
    }
}
