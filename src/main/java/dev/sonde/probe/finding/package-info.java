/// What a probe found: its result, how it ended, the evidence for it, and the ports that results
/// leave by.
@NamedInterface("finding")
@NullMarked
package dev.sonde.probe.finding;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
