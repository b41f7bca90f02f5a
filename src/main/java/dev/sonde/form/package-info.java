/// The written form of everything that a person defines: settings, dialogue, behaviour, limits,
/// TLS. HTTP bodies, module files and the database share it.
@ApplicationModule(
        allowedDependencies = {
            "probe :: spec",
            "probe :: expect",
            "probe :: finding",
            "probe :: path",
            "dialogue",
            "listen :: spec",
            "tls",
            "tls :: certificate"
        })
@NullMarked
package dev.sonde.form;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
