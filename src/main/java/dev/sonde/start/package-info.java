/// The start of the service: its data directory, the check of its settings, and the reasons for
/// which it does not start. A running service reads parts of its configuration again.
@ApplicationModule(allowedDependencies = {})
@NullMarked
package dev.sonde.start;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
