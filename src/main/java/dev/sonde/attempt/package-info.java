/// One probe, from submit to outcome. A connect finishes in [dev.sonde.attempt.ProbeAttempt].
@ApplicationModule(
        allowedDependencies = {
            "probe :: spec",
            "probe :: expect",
            "probe :: finding",
            "probe :: path",
            "probe :: keeping",
            "dialogue",
            "eventloop",
            "memory",
            "kernel",
            "lane",
            "policy",
            "tls"
        })
@NullMarked
package dev.sonde.attempt;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
