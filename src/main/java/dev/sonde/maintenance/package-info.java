/// Maintenance of probes: windows of time in which their runs count neither in uptime nor in
/// incidents.
@ApplicationModule(
        allowedDependencies = {"probe :: keeping", "probe :: spec", "form", "form :: condition"})
@NullMarked
package dev.sonde.maintenance;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
