package dev.sonde.web;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.nio.ByteBuffer;

/// The origin that connections are counted by: an IPv4 address, or the /64 of an IPv6 one, because
/// one host has all of that.
record PeerNetwork(long bits, boolean isIpv6) {

    static PeerNetwork of(InetAddress address) {
        byte[] bytes = address.getAddress();
        return address instanceof Inet6Address
                ? new PeerNetwork(ByteBuffer.wrap(bytes).getLong(), true)
                : new PeerNetwork(ByteBuffer.wrap(bytes).getInt(), false);
    }
}
