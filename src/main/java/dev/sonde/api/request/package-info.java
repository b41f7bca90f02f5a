/// The common parts of requests: query parameters, durations, merge patches, conditions, lines.
@NullMarked
package dev.sonde.api.request;

import org.jspecify.annotations.NullMarked;
