/// TLS over a non-blocking channel, trust and key material, and the built-in certificate authority.
@ApplicationModule(
        allowedDependencies = {"probe :: spec", "probe :: finding", "eventloop", "start"})
@NullMarked
package dev.sonde.tls;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
