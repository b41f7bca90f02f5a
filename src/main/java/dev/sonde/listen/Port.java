package dev.sonde.listen;

import java.net.InetSocketAddress;
import java.nio.channels.SelectionKey;
import java.nio.channels.ServerSocketChannel;

/// A listening socket, registered with its loop.
///
/// @param address where it really listens
record Port(ServerSocketChannel channel, SelectionKey key, InetSocketAddress address) {}
