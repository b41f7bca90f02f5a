/// When an attempt may have a socket: the rate limits, the line, the slots.
@NullMarked
package dev.sonde.attempt.admission;

import org.jspecify.annotations.NullMarked;
