/// When a probe runs and where its result goes.
@ApplicationModule(
        allowedDependencies = {
            "probe :: spec",
            "probe :: finding",
            "probe :: path",
            "probe :: keeping",
            "eventloop",
            "memory",
            "start",
            "attempt"
        })
@NullMarked
package dev.sonde.schedule;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
