/// What a probe is, how it can end and what is kept of it: values, and the ports between rooms. No
/// I/O, no Spring. Inside, `spec` is what a probe is told, `finding` what it found, `keeping` what
/// is kept of it.
@ApplicationModule(allowedDependencies = {"dialogue"})
@NullMarked
package dev.sonde.probe;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
