/// Requests that one replica passes on to another: the address of each, the connections to it, and
/// the certificates that both sides show.
@NamedInterface("forward")
@NullMarked
package dev.sonde.cluster.forward;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
