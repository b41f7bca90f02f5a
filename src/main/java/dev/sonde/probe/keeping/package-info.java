/// The ports of the store and of replication.
@NamedInterface("keeping")
@NullMarked
package dev.sonde.probe.keeping;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
