/// Buffers before the database, bounded in number and in bytes.
@NullMarked
package dev.sonde.store.buffer;

import org.jspecify.annotations.NullMarked;
