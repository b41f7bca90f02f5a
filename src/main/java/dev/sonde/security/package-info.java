/// Access control: callers and their roles, the one table of rules, rate limits, and the audit log.
@ApplicationModule(
        allowedDependencies = {
            "probe :: spec",
            "probe :: finding",
            "policy",
            "eventloop",
            "problem",
            "start",
            "web",
            "form",
            "page"
        })
@NullMarked
package dev.sonde.security;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
