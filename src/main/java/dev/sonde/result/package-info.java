/// Recent results, held in memory and found by id, and the log of events.
@ApplicationModule(
        allowedDependencies = {
            "probe :: finding",
            "probe :: path",
            "probe :: keeping",
            "listen :: spec",
            "maintenance",
            "eventloop",
            "memory"
        })
@NullMarked
package dev.sonde.result;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
