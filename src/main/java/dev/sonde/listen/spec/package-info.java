/// The definition and the status of a listener: only values.
@NamedInterface("spec")
@NullMarked
package dev.sonde.listen.spec;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
