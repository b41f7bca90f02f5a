/// The page at `/`: static files that use nothing but the public API.
@ApplicationModule(allowedDependencies = {"problem"})
@NullMarked
package dev.sonde.page;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
