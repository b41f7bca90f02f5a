/// The steps of a probe on its connection: one class for each, in the order of the phases.
@NullMarked
package dev.sonde.attempt.step;

import org.jspecify.annotations.NullMarked;
