/// HTTP in and out. The only room that knows status codes.
@ApplicationModule(
        allowedDependencies = {
            "probe :: spec",
            "probe :: finding",
            "probe :: keeping",
            "problem",
            "policy",
            "attempt",
            "schedule",
            "history",
            "security",
            "schedule :: plan",
            "check",
            "result",
            "listen",
            "listen :: spec",
            "blackbox",
            "cluster",
            "cluster :: member",
            "tls",
            "tls :: certificate",
            "web",
            "form",
            "definition",
            "page"
        })
@NullMarked
package dev.sonde.api;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
