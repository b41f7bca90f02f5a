/// What Linux knows of one socket and can be told about it, through the FFM API: no native code of
/// ours, no library to load. What this host does not give is absent, never zero.
@ApplicationModule(allowedDependencies = {})
@NullMarked
package dev.sonde.kernel;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
