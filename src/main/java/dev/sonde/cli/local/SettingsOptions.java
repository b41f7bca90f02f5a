package dev.sonde.cli.local;

import dev.sonde.cli.terminal.Failure;
import dev.sonde.form.DialogueStepForm;
import dev.sonde.form.FloodForm;
import dev.sonde.form.HoldForm;
import dev.sonde.form.InvalidField;
import dev.sonde.form.InvalidFields;
import dev.sonde.form.InvalidRequestException;
import dev.sonde.form.ObserveForm;
import dev.sonde.form.PathForm;
import dev.sonde.form.SettingsForm;
import dev.sonde.form.TlsForm;
import dev.sonde.form.question.AskForm;
import dev.sonde.probe.spec.AddressSelection;
import dev.sonde.probe.spec.ClientIdentity;
import dev.sonde.probe.spec.PemSource;
import dev.sonde.probe.spec.ProbeSettings;
import dev.sonde.probe.spec.StepSettings;
import dev.sonde.probe.spec.TlsSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
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

    /// The settings where no option is given.
    static ProbeSettings usual() {
        return withAny(ProbeSettings.DEFAULT);
    }

    /// @throws Failure with all that is wrong
    ProbeSettings read() {
        SettingsForm form = form();
        if (module != null) {
            if (!form.equals(SettingsForm.NONE)) {
                throw Failure.usage("--module excludes every other setting.");
            }
            return withAny(ModuleFile.settings(module));
        }
        InvalidFields invalid = new InvalidFields();
        try {
            ProbeSettings read = form.toSettings("settings", invalid);
            invalid.throwIfAny();
            return withClient(form.addresses() == null ? withAny(read) : read);
        } catch (InvalidRequestException e) {
            throw Failure.usage(
                    e.fields().stream()
                            .map(InvalidField::sentence)
                            .collect(Collectors.joining("; ", "", ".")));
        } catch (IllegalArgumentException e) {
            throw Failure.usage(e.getMessage() + ".");
        }
    }

    /// The default of the command line.
    private static ProbeSettings withAny(ProbeSettings read) {
        return read.withAddresses(AddressSelection.ANY);
    }

    private SettingsForm form() {
        SettingsForm base = settings == null ? SettingsForm.NONE : Json.settings(settings);
        TlsForm tls = tls();
        return new SettingsForm(
                or(timeout, base.timeout()),
                or(
                        addresses,
                        base.addresses() == null && stagger != null ? "any" : base.addresses()),
                or(stagger, base.stagger()),
                or(family, base.family()),
                or(source, base.sourceAddress()),
                or(close, base.close()),
                isHalfOpen ? "half_open" : base.handshake(),
                tls == null ? base.tls() : tls,
                steps.isEmpty() ? base.dialogue() : new ArrayList<>(steps),
                observe == null
                        ? base.observe()
                        : new ObserveForm(
                                observe,
                                null,
                                observeSend == null ? null : Escapes.read(observeSend)),
                hold == null ? base.hold() : new HoldForm(hold, null, null, null),
                flood == null ? base.flood() : new FloodForm(flood, null, null),
                base.expect(),
                isPath && base.path() == null ? new PathForm(null, null) : base.path(),
                ask(base.ask()));
    }

    private @Nullable AskForm ask(@Nullable AskForm base) {
        if (questions == null && askPort == null) {
            return base;
        }
        return new AskForm(
                questions == null
                        ? (base == null ? List.of("ports") : base.questions())
                        : List.copyOf(questions),
                askPort == null && base != null ? base.port() : askPort);
    }

    private static @Nullable String or(@Nullable String given, @Nullable String other) {
        return given == null ? other : given;
    }

    private @Nullable TlsForm tls() {
        boolean isNamed =
                isTls
                        || serverName != null
                        || alpn != null
                        || minVersion != null
                        || maxVersion != null
                        || trust != null
                        || certificate != null;
        if (!isNamed) {
            return null;
        }
        return new TlsForm(
                serverName,
                alpn == null ? null : new ArrayList<>(alpn),
                minVersion,
                maxVersion,
                trusted(),
                null);
    }

    private @Nullable String trusted() {
        if (trust == null || trust.equals("system") || trust.equals("insecure")) {
            return trust;
        }
        try {
            return Files.readString(Path.of(trust));
        } catch (IOException | IllegalArgumentException _) {
            throw Failure.usage(
                    "--trust is system, insecure, or a file that can be read, not \"%s\"."
                            .formatted(trust));
        }
    }

    /// A certificate from elsewhere has no place in a request, so it is added to what was read.
    private ProbeSettings withClient(ProbeSettings read) {
        if (certificate == null && key == null) {
            return read;
        }
        if (certificate == null || key == null) {
            throw Failure.usage("--cert and --key need each other.");
        }
        ClientIdentity client =
                new ClientIdentity.Given(
                        new PemSource.InFile(certificate),
                        new PemSource.InFile(Objects.requireNonNull(key)));
        List<StepSettings> all = new ArrayList<>();
        for (StepSettings step : read.steps()) {
            all.add(
                    step instanceof TlsSettings tls
                            ? new TlsSettings(
                                    tls.serverName(),
                                    tls.alpn(),
                                    tls.minVersion(),
                                    tls.maxVersion(),
                                    tls.trust(),
                                    client)
                            : step);
        }
        return read.withSteps(all);
    }
}
