/// Beans that were chosen when the jar was built, and the settings that this choice depends on.
@NullMarked
package dev.sonde.start.aot;

import org.jspecify.annotations.NullMarked;
