/// The stream of events.
@NullMarked
package dev.sonde.api.event;

import org.jspecify.annotations.NullMarked;
