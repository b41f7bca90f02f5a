/// The way into the packaged jar: a command is entered before the loader of nested jars. Of this
/// project it knows names only.
@ApplicationModule(allowedDependencies = {})
@NullMarked
package dev.sonde.launch;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
