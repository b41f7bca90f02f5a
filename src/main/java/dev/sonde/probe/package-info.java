/// The values of probes, and the ports between rooms. No I/O, no Spring. Inside, `spec` holds
/// definitions, `finding` results, and `keeping` the ports of the store.
@ApplicationModule(allowedDependencies = {"dialogue"})
@NullMarked
package dev.sonde.probe;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
