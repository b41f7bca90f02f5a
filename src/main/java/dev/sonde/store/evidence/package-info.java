/// Evidence that comes after its result, on its way into SQL.
@NullMarked
package dev.sonde.store.evidence;

import org.jspecify.annotations.NullMarked;
