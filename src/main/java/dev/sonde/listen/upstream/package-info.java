/// The way of a proxy to its upstream: the connect, the handshake, and the wait until it works.
@NullMarked
package dev.sonde.listen.upstream;

import org.jspecify.annotations.NullMarked;
