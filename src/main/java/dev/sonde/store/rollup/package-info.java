/// Roll-ups in SQL: their rows, and the marks up to which each replica has written them.
@NullMarked
package dev.sonde.store.rollup;

import org.jspecify.annotations.NullMarked;
