/// The belongings of one event loop, which probes and listeners share.
@ApplicationModule(allowedDependencies = {"eventloop", "kernel", "probe :: spec"})
@NullMarked
package dev.sonde.lane;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
