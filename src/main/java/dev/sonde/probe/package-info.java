/// What a probe is and how it can end. Values only: no I/O, no Spring.
@ApplicationModule(allowedDependencies = {"dialogue"})
@NullMarked
package dev.sonde.probe;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
