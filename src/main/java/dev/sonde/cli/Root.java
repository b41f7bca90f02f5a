package dev.sonde.cli;

import picocli.CommandLine.Command;

/// `sonde` without a command.
@Command(
        name = "sonde",
        description = "Finds whether a TCP endpoint can be reached and, if not, why.",
        synopsisSubcommandLabel = "COMMAND",
        footer = {
            "",
            "Without a command, or with serve, the service starts; its options are properties",
            "such as --server.port=8080.",
            "",
            "Examples:",
            "  sonde check db:5432",
            "  sonde watch db:5432 cache:6379",
            "  sonde sweep 10.0.0.0/28:22,80",
            "  sonde listen 127.0.0.1:9000 --behaviour queue_full",
            "  sonde status --server https://sonde.example"
        })
final class Root {}
