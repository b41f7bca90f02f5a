/// Records of connections: their events, their bytes, and the search by addresses.
@NullMarked
package dev.sonde.listen.record;

import org.jspecify.annotations.NullMarked;
