/// The parts that all listeners share: the loops with their buffers, limits, and calls from other
/// threads.
@NullMarked
package dev.sonde.listen.engine;

import org.jspecify.annotations.NullMarked;
