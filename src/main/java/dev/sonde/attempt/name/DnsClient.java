package dev.sonde.attempt.name;

import dev.sonde.eventloop.EventLoop;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.Map;

/// The sockets to the name servers: one for each server at a time. Confined to its loop's thread.
final class DnsClient {

    private final EventLoop loop;
    private final Map<InetSocketAddress, DnsSocket> sockets = new HashMap<>();

    DnsClient(EventLoop loop) {
        this.loop = loop;
    }

    EventLoop loop() {
        return loop;
    }

    DnsSocket socketTo(InetSocketAddress server) throws IOException {
        DnsSocket known = sockets.get(server);
        if (known != null && !known.isUsedUp()) {
            return known;
        }
        if (known != null) {
            known.closeIfDone();
        }
        DnsSocket opened = new DnsSocket(loop, server);
        sockets.put(server, opened);
        return opened;
    }
}
