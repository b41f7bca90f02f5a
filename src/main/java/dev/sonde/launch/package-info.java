/// The entry of the packaged jar. A command is entered before the loader of nested jars. This
/// package refers to others only by name.
@ApplicationModule(allowedDependencies = {})
@NullMarked
package dev.sonde.launch;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
