/// Problem documents (RFC 9457): their types, their text and the fields that they name, and how
/// they are written.
@ApplicationModule(allowedDependencies = {"probe :: spec", "form"})
@NullMarked
package dev.sonde.problem;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
