/// Questions beyond a run, as a person writes them.
@NamedInterface("question")
@NullMarked
package dev.sonde.form.question;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
