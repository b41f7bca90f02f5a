/// The sources of documents in SQL.
@NullMarked
package dev.sonde.store.source;

import org.jspecify.annotations.NullMarked;
