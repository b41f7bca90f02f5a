/// Results of probes: outcomes, evidence, and the ports by which results leave.
@NamedInterface("finding")
@NullMarked
package dev.sonde.probe.finding;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
