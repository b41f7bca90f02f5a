/// Conditions as a person writes them: what is expected of a run, which labels a probe must have.
@NamedInterface("condition")
@NullMarked
package dev.sonde.form.condition;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
