/// The drop-in for blackbox_exporter: `/probe` with its companions, and the file of named settings.
@ApplicationModule(
        allowedDependencies = {
            "probe :: spec",
            "probe :: finding",
            "probe :: keeping",
            "dialogue",
            "eventloop",
            "attempt",
            "memory",
            "security",
            "web",
            "start",
            "form",
            "problem"
        })
@NullMarked
package dev.sonde.blackbox;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
