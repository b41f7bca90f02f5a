/// The forms of stored values: results as bytes, which take about a tenth of JSON, and instants as
/// numbers.
@NullMarked
package dev.sonde.store.bytes;

import org.jspecify.annotations.NullMarked;
