/// Incidents in SQL, and the results that are kept for them.
@NullMarked
package dev.sonde.store.incident;

import org.jspecify.annotations.NullMarked;
