/// The drawing of a timeline.
@NullMarked
package dev.sonde.api.timeline;

import org.jspecify.annotations.NullMarked;
