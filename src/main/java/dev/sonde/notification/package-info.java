/// Notifications: people and their systems get to know of incidents, by webhook, mail and
/// Alertmanager. Stored incidents are compared with what each receiver was sent.
@ApplicationModule(
        allowedDependencies = {
            "probe :: spec",
            "probe :: finding",
            "probe :: keeping",
            "definition :: source",
            "form",
            "form :: condition",
            "maintenance",
            "page",
            "policy",
            "schedule",
            "schedule :: plan",
            "start"
        })
@NullMarked
package dev.sonde.notification;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
