/// Which addresses may be probed and which may be listened on: a pure decision on a resolved
/// address.
@ApplicationModule(allowedDependencies = {"probe :: spec", "start"})
@NullMarked
package dev.sonde.policy;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
