/// Results, and what an attempt saw, as JSON has it.
@NamedInterface("result")
@NullMarked
package dev.sonde.api.result;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
