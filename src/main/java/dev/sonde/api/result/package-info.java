/// Results, and what an attempt saw, as JSON has it.
@NullMarked
package dev.sonde.api.result;

import org.jspecify.annotations.NullMarked;
