/// The share of each replica: fixed partitions, assigned by rendezvous hashing over the present
/// members, and the messages between replicas.
@ApplicationModule(
        allowedDependencies = {
            "probe :: spec",
            "probe :: finding",
            "probe :: keeping",
            "schedule",
            "schedule :: plan",
            "result",
            "start"
        })
@NullMarked
package dev.sonde.cluster;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
