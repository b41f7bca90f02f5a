/// Definitions of other tools as documents of definitions. Plain Java: the command line calls it
/// without a service.
@ApplicationModule(
        allowedDependencies = {"probe :: spec", "form", "problem", "blackbox :: modules"})
@NullMarked
package dev.sonde.conversion;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
