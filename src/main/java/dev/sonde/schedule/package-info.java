/// When a probe runs and where its result goes.
@ApplicationModule(allowedDependencies = {"probe", "eventloop", "attempt"})
@NullMarked
package dev.sonde.schedule;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
