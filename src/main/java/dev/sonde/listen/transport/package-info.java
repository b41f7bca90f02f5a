/// How payload gets to the peer and back: a socket in clear, TLS over it, and the handshake before.
@NullMarked
package dev.sonde.listen.transport;

import org.jspecify.annotations.NullMarked;
