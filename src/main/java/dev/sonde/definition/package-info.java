/// Sets of definitions: documents that say which probes and listeners exist, from requests and
/// files.
@ApplicationModule(
        allowedDependencies = {
            "probe :: spec",
            "probe :: keeping",
            "schedule",
            "schedule :: plan",
            "policy",
            "listen",
            "listen :: spec",
            "tls :: certificate",
            "form",
            "problem",
            "security",
            "start"
        })
@NullMarked
package dev.sonde.definition;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
