/// Requests for what another replica holds: found, forwarded, and gathered.
@NullMarked
package dev.sonde.api.replica;

import org.jspecify.annotations.NullMarked;
