/// The listening socket: its opening, its queue, and the demands of its behaviour on the kernel.
@NullMarked
package dev.sonde.listen.port;

import org.jspecify.annotations.NullMarked;
