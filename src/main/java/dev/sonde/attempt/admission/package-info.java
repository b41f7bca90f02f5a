/// Admission of attempts to a socket: the rate limits, the queues, the slots.
@NullMarked
package dev.sonde.attempt.admission;

import org.jspecify.annotations.NullMarked;
