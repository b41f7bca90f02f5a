/// What is kept of probes, and by which replica: the ports of the store and of replication.
@NamedInterface("keeping")
@NullMarked
package dev.sonde.probe.keeping;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
