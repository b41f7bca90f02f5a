/// The settings of a probe, as JSON has them.
@NullMarked
package dev.sonde.api.settings;

import org.jspecify.annotations.NullMarked;
