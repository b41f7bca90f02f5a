/// The HTTP connector: its connections, their limits as a share of the heap, and the proxies whose
/// forwarded headers count.
@ApplicationModule(allowedDependencies = {"probe :: spec"})
@NullMarked
package dev.sonde.web;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
