/// What is remembered of connections: their events, what they sent, and who is found again by
/// addresses.
@NullMarked
package dev.sonde.listen.record;

import org.jspecify.annotations.NullMarked;
