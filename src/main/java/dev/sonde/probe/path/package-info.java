/// The path of a probe's packets: how it is asked for, what it was, and what else was asked.
@NamedInterface("path")
@NullMarked
package dev.sonde.probe.path;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
