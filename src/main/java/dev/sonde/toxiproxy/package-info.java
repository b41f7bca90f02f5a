/// Toxiproxy's HTTP API on a port of its own: its proxies are managed listeners with the behaviour
/// proxy.
@ApplicationModule(
        allowedDependencies = {
            "listen",
            "listen :: spec",
            "probe :: keeping",
            "probe :: spec",
            "security",
            "start"
        })
@NullMarked
package dev.sonde.toxiproxy;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
