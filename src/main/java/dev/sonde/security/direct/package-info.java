/// The short way past the filter chain: its requests, and the headers of every answer.
@NullMarked
package dev.sonde.security.direct;

import org.jspecify.annotations.NullMarked;
