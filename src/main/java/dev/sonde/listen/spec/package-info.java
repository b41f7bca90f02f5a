/// What a listener is told to do, and what can be said of it: values alone.
@NamedInterface("spec")
@NullMarked
package dev.sonde.listen.spec;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
