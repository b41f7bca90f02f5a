/// Rows of roll-ups.
@NullMarked
package dev.sonde.store.rollup;

import org.jspecify.annotations.NullMarked;
