/// Scheduled probes over HTTP: definitions, bulk requests, runs, history.
@NullMarked
package dev.sonde.api.probe;

import org.jspecify.annotations.NullMarked;
