/// Many targets probed once: expansion, pacing, progress, cancellation, and the checks that are
/// kept.
@ApplicationModule(
        allowedDependencies = {
            "probe :: spec",
            "probe :: finding",
            "probe :: keeping",
            "eventloop",
            "memory",
            "attempt"
        })
@NullMarked
package dev.sonde.check;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
