package dev.sonde.cli.local;

import dev.sonde.cli.terminal.Failure;
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

/// The settings of a probe that options give.
record GivenSettings(SettingsOptions given) {

    /// The settings where no option is given.
    static ProbeSettings usual() {
        return withAny(ProbeSettings.DEFAULT);
    }

    /// @throws Failure with all that is wrong
    ProbeSettings read() {
        SettingsForm form = form();
        if (given.module != null) {
            if (!form.equals(SettingsForm.NONE)) {
                throw Failure.usage("--module excludes every other setting.");
            }
            return withAny(ModuleFile.settings(given.module));
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
        SettingsForm base =
                given.settings == null ? SettingsForm.NONE : Json.settings(given.settings);
        TlsForm tls = tls();
        return new SettingsForm(
                or(given.timeout, base.timeout()),
                or(
                        given.addresses,
                        base.addresses() == null && given.stagger != null
                                ? "any"
                                : base.addresses()),
                or(given.stagger, base.stagger()),
                or(given.family, base.family()),
                or(given.source, base.sourceAddress()),
                or(given.close, base.close()),
                given.isHalfOpen ? "half_open" : base.handshake(),
                tls == null ? base.tls() : tls,
                given.steps.isEmpty() ? base.dialogue() : new ArrayList<>(given.steps),
                given.observe == null
                        ? base.observe()
                        : new ObserveForm(
                                given.observe,
                                null,
                                given.observeSend == null ? null : Escapes.read(given.observeSend)),
                given.hold == null ? base.hold() : new HoldForm(given.hold, null, null, null),
                given.flood == null ? base.flood() : new FloodForm(given.flood, null, null),
                base.expect(),
                given.isPath && base.path() == null ? new PathForm(null, null) : base.path(),
                ask(base.ask()));
    }

    private @Nullable AskForm ask(@Nullable AskForm base) {
        if (given.questions == null && given.askPort == null) {
            return base;
        }
        return new AskForm(
                given.questions == null
                        ? (base == null ? List.of("ports") : base.questions())
                        : List.copyOf(given.questions),
                given.askPort == null && base != null ? base.port() : given.askPort);
    }

    private static @Nullable String or(@Nullable String option, @Nullable String other) {
        return option == null ? other : option;
    }

    private @Nullable TlsForm tls() {
        boolean isNamed =
                given.isTls
                        || given.serverName != null
                        || given.alpn != null
                        || given.minVersion != null
                        || given.maxVersion != null
                        || given.trust != null
                        || given.certificate != null;
        if (!isNamed) {
            return null;
        }
        return new TlsForm(
                given.serverName,
                given.alpn == null ? null : new ArrayList<>(given.alpn),
                given.minVersion,
                given.maxVersion,
                trusted(),
                null);
    }

    private @Nullable String trusted() {
        if (given.trust == null || given.trust.equals("system") || given.trust.equals("insecure")) {
            return given.trust;
        }
        try {
            return Files.readString(Path.of(given.trust));
        } catch (IOException | IllegalArgumentException _) {
            throw Failure.usage(
                    "--trust is system, insecure, or a file that can be read, not \"%s\"."
                            .formatted(given.trust));
        }
    }

    /// A certificate from elsewhere has no place in a request, so it is added to what was read.
    private ProbeSettings withClient(ProbeSettings read) {
        if (given.certificate == null && given.key == null) {
            return read;
        }
        if (given.certificate == null || given.key == null) {
            throw Failure.usage("--cert and --key need each other.");
        }
        ClientIdentity client =
                new ClientIdentity.Given(
                        new PemSource.InFile(given.certificate),
                        new PemSource.InFile(Objects.requireNonNull(given.key)));
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
