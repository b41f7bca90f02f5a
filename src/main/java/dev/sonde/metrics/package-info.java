/// Sonde's metrics: the only package that names a meter.
@ApplicationModule(
        allowedDependencies = {
            "probe :: spec",
            "probe :: finding",
            "probe :: keeping",
            "eventloop",
            "memory",
            "attempt",
            "blackbox",
            "check",
            "cluster",
            "cluster :: forward",
            "definition",
            "history",
            "kernel",
            "listen",
            "listen :: spec",
            "notification",
            "schedule",
            "schedule :: plan",
            "store"
        })
@NullMarked
package dev.sonde.metrics;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
