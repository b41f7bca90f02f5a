/// The form of log lines.
@ApplicationModule(allowedDependencies = {})
@NullMarked
package dev.sonde.log;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
