/// Which replica runs what: fixed partitions, dealt out by rendezvous hashing over the members that
/// are there, and what replicas tell each other.
@ApplicationModule(
        allowedDependencies = {
            "probe :: spec",
            "probe :: finding",
            "probe :: keeping",
            "schedule",
            "schedule :: plan",
            "result"
        })
@NullMarked
package dev.sonde.cluster;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
