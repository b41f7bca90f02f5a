package dev.sonde.listen;

import java.net.InetSocketAddress;

/// Both ends of a connection.
record FourTuple(InetSocketAddress client, InetSocketAddress listener) {}
