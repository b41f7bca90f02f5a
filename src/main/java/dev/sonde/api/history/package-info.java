/// History of all probes over HTTP: incidents, changes of state.
@NullMarked
package dev.sonde.api.history;

import org.jspecify.annotations.NullMarked;
