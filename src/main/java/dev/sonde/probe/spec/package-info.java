/// The definition of a probe: target, settings, and the names of its parts.
@NamedInterface("spec")
@NullMarked
package dev.sonde.probe.spec;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
