/// Labels and conditions as a person writes them: expectations of a run, selectors of probes.
@NamedInterface("condition")
@NullMarked
package dev.sonde.form.condition;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
