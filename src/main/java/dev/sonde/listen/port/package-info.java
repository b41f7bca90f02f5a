/// The listening socket: opened, its queue kept full or left alone, and what its behaviour asks of
/// the kernel.
@NullMarked
package dev.sonde.listen.port;

import org.jspecify.annotations.NullMarked;
