/// Managed listeners: the other side of a connection, under control.
@ApplicationModule(
        allowedDependencies = {
            "probe :: spec",
            "probe :: finding",
            "probe :: keeping",
            "dialogue",
            "eventloop",
            "memory",
            "start",
            "kernel",
            "lane",
            "policy",
            "tls",
            "tls :: certificate"
        })
@NullMarked
package dev.sonde.listen;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
