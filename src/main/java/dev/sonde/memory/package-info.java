/// Shares of the heap: how many bytes each kind of thing that is kept for callers or from peers may
/// take.
@ApplicationModule(allowedDependencies = {})
@NullMarked
package dev.sonde.memory;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
