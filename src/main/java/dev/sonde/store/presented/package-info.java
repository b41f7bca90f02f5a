/// Certificates that probes saw, in SQL.
@NullMarked
package dev.sonde.store.presented;

import org.jspecify.annotations.NullMarked;
