/// Shares of the heap: the bytes that each kind of data of callers and peers may take.
@ApplicationModule(allowedDependencies = {})
@NullMarked
package dev.sonde.memory;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
