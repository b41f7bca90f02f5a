/// The drawing of a timeline.
@NamedInterface("timeline")
@NullMarked
package dev.sonde.api.timeline;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
