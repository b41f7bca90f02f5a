/// How log lines are written.
@ApplicationModule(allowedDependencies = {})
@NullMarked
package dev.sonde.log;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
