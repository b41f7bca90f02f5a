/// What a probe does on its connection: one class for each step, in the order of the phases.
@NullMarked
package dev.sonde.attempt.step;

import org.jspecify.annotations.NullMarked;
