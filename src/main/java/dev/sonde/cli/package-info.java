/// The command line: local commands on the project's own engine, without Spring's context, and
/// commands against a server.
@ApplicationModule(
        allowedDependencies = {
            "probe :: spec",
            "probe :: finding",
            "probe :: path",
            "dialogue",
            "eventloop",
            "kernel",
            "policy",
            "attempt",
            "check",
            "listen",
            "listen :: spec",
            "tls",
            "tls :: certificate",
            "form",
            "form :: condition",
            "form :: question",
            "blackbox :: modules",
            "api :: result",
            "api :: timeline",
            "conversion",
            "launch"
        })
@NullMarked
package dev.sonde.cli;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
