/// HTTP in and out. The only room that knows status codes.
@ApplicationModule(
        allowedDependencies = {
            "probe :: spec",
            "probe :: expect",
            "probe :: finding",
            "probe :: path",
            "probe :: keeping",
            "problem",
            "policy",
            "attempt",
            "schedule",
            "history",
            "maintenance",
            "notification",
            "notification :: message",
            "security",
            "security :: forwarded",
            "schedule :: plan",
            "check",
            "result",
            "listen",
            "listen :: spec",
            "blackbox",
            "cluster",
            "cluster :: member",
            "cluster :: forward",
            "tls",
            "tls :: certificate",
            "web",
            "form",
            "form :: condition",
            "definition",
            "page",
            "definition :: catalog",
            "definition :: source",
            "conversion"
        })
@NullMarked
package dev.sonde.api;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
