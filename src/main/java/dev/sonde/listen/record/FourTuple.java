package dev.sonde.listen.record;

import java.net.InetSocketAddress;

/// Both ends of a connection.
public record FourTuple(InetSocketAddress client, InetSocketAddress listener) {}
