package dev.sonde.cli.local;

import dev.sonde.form.DialogueStepForm;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// Every setting of a probe as an option. An option replaces the field of `--settings`.
final class SettingsOptions {

    @Option(
            names = "--timeout",
            paramLabel = "TIME",
            description = "The whole attempt, such as 500ms (default: 5s).")
    @Nullable String timeout;

    @Option(
            names = "--addresses",
            paramLabel = "any|first|each",
            description = "Which of a name's addresses have to answer (default: any).")
    @Nullable String addresses;

    @Option(
            names = "--stagger",
            paramLabel = "TIME",
            description = "addresses any: the head start of one address (default: 250ms).")
    @Nullable String stagger;

    @Option(
            names = "--family",
            paramLabel = "FAMILY",
            description = "any, ipv4, ipv6, prefer_ipv4 or prefer_ipv6.")
    @Nullable String family;

    @Option(
            names = "--source",
            paramLabel = "ADDRESS",
            description = "The local address to connect from.")
    @Nullable String source;

    @Option(
            names = "--close",
            paramLabel = "fin|rst",
            description = "How a connection is ended (default: fin).")
    @Nullable String close;

    @Option(names = "--half-open", description = "Withhold the last ACK; the program sees nothing.")
    boolean isHalfOpen;

    @Option(names = "--tls", description = "Perform a TLS handshake.")
    boolean isTls;

    @Option(
            names = "--server-name",
            paramLabel = "NAME",
            description = "TLS: the name to ask for and to verify.")
    @Nullable String serverName;

    @Option(
            names = "--alpn",
            paramLabel = "PROTOCOL",
            split = ",",
            description = "TLS: protocols to offer.")
    @Nullable List<String> alpn;

    @Option(
            names = "--tls-min",
            paramLabel = "VERSION",
            description = "TLS: the oldest version, TLSv1.2 or TLSv1.3.")
    @Nullable String minVersion;

    @Option(names = "--tls-max", paramLabel = "VERSION", description = "TLS: the newest version.")
    @Nullable String maxVersion;

    @Option(
            names = "--trust",
            paramLabel = "TRUST",
            description = "TLS: system, insecure, or a file of certificates in PEM.")
    @Nullable String trust;

    @Option(names = "--cert", paramLabel = "FILE", description = "TLS: the client's chain, PEM.")
    @Nullable Path certificate;

    @Option(names = "--key", paramLabel = "FILE", description = "TLS: its key, PEM.")
    @Nullable Path key;

    @Option(
            names = "--send",
            paramLabel = "TEXT",
            parameterConsumer = DialogueSteps.Send.class,
            description = "Dialogue: bytes to send; \\r \\n \\t \\xHH are read.")
    final List<DialogueStepForm> steps = new ArrayList<>();

    @Option(
            names = "--expect",
            paramLabel = "REGEX",
            parameterConsumer = DialogueSteps.Expect.class,
            description = "Dialogue: an RE2 pattern to wait for, in order.")
    List<DialogueStepForm> expected = steps;

    @Option(
            names = "--observe",
            paramLabel = "TIME",
            description = "Watch the connection: does the program answer, or its kernel only?")
    @Nullable String observe;

    @Option(names = "--observe-send", paramLabel = "TEXT", description = "Observe: bytes to send.")
    @Nullable String observeSend;

    @Option(
            names = "--hold",
            paramLabel = "TIME",
            description = "Hold the connection and report who ends it.")
    @Nullable String hold;

    @Option(
            names = "--flood",
            paramLabel = "BYTES",
            description = "Write zeros until all are acknowledged or nothing moves.")
    @Nullable Long flood;

    @Option(
            names = "--path",
            description = "Follow the path to the target with SYNs of growing TTL.")
    boolean isPath;

    @Option(
            names = "--ask",
            paramLabel = "QUESTION",
            split = ",",
            description = "Ask after the run: data_path, mtu, flows, ports.")
    @Nullable List<String> questions;

    @Option(
            names = "--ask-port",
            paramLabel = "PORT",
            description = "The other port of the host that --ask ports asks.")
    @Nullable Integer askPort;

    @Option(
            names = "--settings",
            paramLabel = "JSON|@FILE",
            description = "Settings as the API takes them; options replace their fields.")
    @Nullable String settings;

    @Option(
            names = "--module",
            paramLabel = "FILE:NAME",
            description = "Settings of a module file; no other setting goes with it.")
    @Nullable String module;
}
