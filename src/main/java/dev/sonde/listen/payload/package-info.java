/// The payload of one accepted connection, between its socket and its conversation.
@NullMarked
package dev.sonde.listen.payload;

import org.jspecify.annotations.NullMarked;
