/// Reasons for which the service does not start, each with one description and one action.
@ApplicationModule(allowedDependencies = {})
@NullMarked
package dev.sonde.start;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
