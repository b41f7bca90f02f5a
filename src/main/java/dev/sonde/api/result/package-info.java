/// Results and the facts of attempts, as JSON.
@NamedInterface("result")
@NullMarked
package dev.sonde.api.result;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
