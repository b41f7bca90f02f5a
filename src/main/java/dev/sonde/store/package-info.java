/// Definitions and results in SQL: SQLite in a file, or PostgreSQL.
@ApplicationModule(
        allowedDependencies = {
            "probe :: spec",
            "probe :: expect",
            "probe :: finding",
            "probe :: path",
            "probe :: keeping",
            "listen :: spec",
            "definition :: keeping",
            "history",
            "maintenance",
            "notification :: message",
            "memory",
            "start",
            "form",
            "form :: condition",
            "tls :: certificate"
        })
@NullMarked
package dev.sonde.store;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
