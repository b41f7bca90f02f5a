/// Many targets probed once, over HTTP.
@NullMarked
package dev.sonde.api.check;

import org.jspecify.annotations.NullMarked;
