package dev.sonde.cli;

import picocli.CommandLine.Command;

/// `sonde` without a command.
@Command(
        name = "sonde",
        description = "Finds whether a TCP endpoint can be reached and, if not, why.",
        synopsisSubcommandLabel = "COMMAND",
        footer = {
            "",
            "Without a command, or with serve, the service starts (--server.port=8080).",
            "Examples:",
            "  sonde check db:5432",
            "  sonde sweep 10.0.0.0/28:22,80"
        })
final class Root {}
