/// The caller of the API.
@NullMarked
package dev.sonde.api.caller;

import org.jspecify.annotations.NullMarked;
