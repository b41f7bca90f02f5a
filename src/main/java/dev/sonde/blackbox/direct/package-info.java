/// Plain scrapes that repeat on a kept connection. An event loop reads, probes and answers them.
@NullMarked
package dev.sonde.blackbox.direct;

import org.jspecify.annotations.NullMarked;
