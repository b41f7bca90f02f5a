/// The history of probes: roll-ups of their runs, incidents, and changes of state over all probes.
@ApplicationModule(allowedDependencies = {"probe :: spec", "probe :: finding", "probe :: keeping"})
@NullMarked
package dev.sonde.history;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
