/// The database, as the parts of this room use it.
@NullMarked
package dev.sonde.store.access;

import org.jspecify.annotations.NullMarked;
