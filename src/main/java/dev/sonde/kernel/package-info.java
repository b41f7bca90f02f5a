/// Linux's data and options of one socket, through the FFM API: no native code of ours, no library
/// to load. Data that this host does not give are absent, never zero.
@ApplicationModule(allowedDependencies = {})
@NullMarked
package dev.sonde.kernel;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
