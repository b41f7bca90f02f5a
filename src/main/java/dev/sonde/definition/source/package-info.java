/// Sources of targets in Prometheus' form: where targets are found, how their labels are rewritten,
/// and the template that makes probes of them.
@NamedInterface("source")
@NullMarked
package dev.sonde.definition.source;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
