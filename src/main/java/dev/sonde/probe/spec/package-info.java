/// What a probe is told: its target, its settings, its definition, and what its parts are called.
@NamedInterface("spec")
@NullMarked
package dev.sonde.probe.spec;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
