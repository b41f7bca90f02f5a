/// The embedded database as files and connections: SQLite in `sonde.db`. It knows no probe.
@NullMarked
package dev.sonde.store.embedded;

import org.jspecify.annotations.NullMarked;
