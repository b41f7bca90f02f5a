package dev.sonde.toxiproxy;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;

/// A reader of addresses, as Go's `net.Listen` reads them.
final class GoAddress {

    private GoAddress() {}

    /// Reads `host:port`: names are looked up, and the host may be empty.
    static InetSocketAddress parse(String listen) {
        int colon = listen.lastIndexOf(':');
        String host = colon < 0 ? "" : listen.substring(0, colon);
        try {
            int port = Integer.parseInt(listen.substring(colon + 1));
            InetAddress address =
                    InetAddress.getByName(host.isEmpty() ? "0.0.0.0" : withoutBrackets(host));
            return new InetSocketAddress(address, port);
        } catch (IllegalArgumentException | UnknownHostException e) {
            throw ToxiproxyException.badBody("listen: expected host:port, not " + listen);
        }
    }

    private static String withoutBrackets(String host) {
        return host.startsWith("[") && host.endsWith("]")
                ? host.substring(1, host.length() - 1)
                : host;
    }
}
