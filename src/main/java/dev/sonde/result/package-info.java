/// Recent results, held in memory and found by id.
@ApplicationModule(allowedDependencies = {"probe"})
@NullMarked
package dev.sonde.result;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
