/// Definitions, listeners, results and transitions to and from their rows.
@NullMarked
package dev.sonde.store.row;

import org.jspecify.annotations.NullMarked;
