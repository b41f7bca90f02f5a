package dev.sonde.form;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.sonde.form.condition.ExpectForm;
import dev.sonde.form.question.AskForm;
import dev.sonde.probe.spec.AddressFamily;
import dev.sonde.probe.spec.AddressSelection;
import dev.sonde.probe.spec.CloseMode;
import dev.sonde.probe.spec.Handshake;
import dev.sonde.probe.spec.ProbeSettings;
import dev.sonde.probe.spec.SourceAddress;
import dev.sonde.probe.spec.StepSettings;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// How targets are probed, as a request says it. Every field may be absent.
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(
        name = "Settings",
        description =
                "How targets are probed. Every field is optional; none means a plain connect.")
public record SettingsForm(
        @Schema(
                        description =
                                "Of resolve, connect, tls and dialogue together, from 1ms to 10m. After that, observe, hold and flood have their own time. Written like 250ms, 2s, 1m30s, or as ISO-8601 (PT2S).",
                        defaultValue = "5s",
                        example = "2s")
                @Nullable String timeout,
        @Schema(
                        description =
                                "How many of a name's addresses are tried: the first by family, each (all must succeed), or any (one after the other until one answers)",
                        allowableValues = {"first", "each", "any"},
                        defaultValue = "first")
                @Nullable String addresses,
        @Schema(
                        description =
                                "addresses any: how long one address has before the next one is tried beside it, from 0s (all at once) to 10m",
                        defaultValue = "250ms")
                @Nullable String stagger,
        @Schema(
                        description = "Which addresses of a name count, and in which order",
                        allowableValues = {"any", "ipv4", "ipv6", "prefer_ipv4", "prefer_ipv6"},
                        defaultValue = "any")
                @Nullable String family,
        @Schema(
                        description =
                                "The local address to connect from, a literal in canonical form; the kernel's choice when absent",
                        example = "127.0.0.1")
                @Nullable String sourceAddress,
        @Schema(
                        description =
                                "How a connection that was made is ended. half_open implies rst, all else fin.",
                        allowableValues = {"fin", "rst"},
                        defaultValue = "fin")
                @Nullable String close,
        @Schema(
                        description =
                                "half_open withholds the final ACK and ends with a RST: the target's program sees no connection",
                        allowableValues = {"full", "half_open"},
                        defaultValue = "full")
                @Nullable String handshake,
        @Nullable TlsForm tls,
        @Schema(
                        description =
                                "Texts to send and answers to expect, 1 to 100 steps, within the timeout. TLS starts at a step with startTls, not with the connection. tls holds its settings")
                @Nullable List<@Nullable DialogueStepForm> dialogue,
        @Nullable ObserveForm observe,
        @Nullable HoldForm hold,
        @Nullable FloodForm flood,
        @Nullable ExpectForm expect,
        @Nullable PathForm path,
        @Nullable AskForm ask) {

    /// A plain connect.
    public static final SettingsForm NONE =
            new SettingsForm(
                    null, null, null, null, null, null, null, null, null, null, null, null, null,
                    null, null);

    /// The request that asks for these settings, without what is expected. But for the timeout, a
    /// value that is the default is left out.
    public static SettingsForm of(ProbeSettings settings) {
        return of(settings, DurationText.format(settings.timeout()));
    }

    /// The same with this timeout.
    static SettingsForm of(ProbeSettings settings, @Nullable String timeout) {
        ProbeSettings usual = ProbeSettings.DEFAULT;
        SourceAddress source = settings.sourceAddress();
        boolean isHalfOpen = settings.handshake() == Handshake.HALF_OPEN;
        return new SettingsForm(
                timeout,
                unless(usual.addresses(), settings.addresses()),
                settings.stagger().equals(usual.stagger())
                        ? null
                        : DurationText.format(settings.stagger()),
                unless(usual.family(), settings.family()),
                source == null ? null : source.toString(),
                unless(isHalfOpen ? CloseMode.RST : usual.close(), settings.close()),
                unless(usual.handshake(), settings.handshake()),
                TlsForm.of(settings.steps()),
                DialogueForm.stepsOf(settings.steps()),
                ObserveForm.of(settings.steps()),
                HoldForm.of(settings.steps()),
                FloodForm.of(settings.steps()),
                null,
                PathForm.of(settings.path()),
                AskForm.of(settings.ask()));
    }

    /// The same with what its steps send hidden.
    public SettingsForm withoutSent() {
        return new SettingsForm(
                timeout,
                addresses,
                stagger,
                family,
                sourceAddress,
                close,
                handshake,
                tls,
                DialogueForm.withoutSent(dialogue),
                observe == null ? null : observe.withoutSent(),
                hold,
                flood,
                expect,
                path,
                ask);
    }

    private static <E extends Enum<E>> @Nullable String unless(E usual, E value) {
        return value == usual ? null : value.name().toLowerCase(Locale.ROOT);
    }

    /// The settings of this form. Errors are noted under `at`.
    public ProbeSettings toSettings(String at, InvalidFields invalid) {
        AddressSelection tried = invalid.word(at + ".addresses", addresses, AddressSelection.FIRST);
        AddressFamily wanted = invalid.word(at + ".family", family, AddressFamily.ANY);
        Handshake how = invalid.word(at + ".handshake", handshake, Handshake.FULL);
        boolean isHalfOpen = how == Handshake.HALF_OPEN;
        CloseMode end =
                invalid.word(at + ".close", close, isHalfOpen ? CloseMode.RST : CloseMode.FIN);
        if (isHalfOpen && end == CloseMode.FIN) {
            invalid.add(at + ".close", close, "a half_open handshake always ends with rst");
            end = CloseMode.RST;
        }
        Duration limit = invalid.read(at + ".timeout", timeout, SettingsForm::timeout);
        if (stagger != null && tried != AddressSelection.ANY) {
            invalid.add(at + ".stagger", stagger, "goes with addresses any only");
        }
        Duration apart = invalid.read(at + ".stagger", stagger, SettingsForm::stagger);
        SourceAddress source =
                invalid.read(
                        at + ".sourceAddress",
                        sourceAddress,
                        invalid.keeps(sourceAddress)
                                ? SourceAddress::parse
                                : SourceAddress::parseHere);
        ProbeSettings settings =
                new ProbeSettings(
                        limit == null ? ProbeSettings.DEFAULT_TIMEOUT : limit,
                        tried,
                        wanted,
                        source,
                        end,
                        how,
                        apart == null ? ProbeSettings.DEFAULT_STAGGER : apart,
                        steps(at, isHalfOpen, invalid),
                        expect == null ? null : expect.toExpectation(at + ".expect", invalid),
                        path == null ? null : path.toSettings(at + ".path", invalid),
                        ask == null ? null : ask.toSettings(at + ".ask", invalid));
        DialogueForm.checkDelays(at + ".dialogue", settings, invalid);
        return settings;
    }

    /// The steps after the connect, in the order of the phases.
    private List<StepSettings> steps(String path, boolean isHalfOpen, InvalidFields invalid) {
        List<StepSettings> steps = new ArrayList<>();
        StepForm.read(path + ".tls", tls, isHalfOpen, steps, invalid);
        StepForm.read(path + ".dialogue", DialogueForm.of(dialogue), isHalfOpen, steps, invalid);
        StepForm.read(path + ".observe", observe, isHalfOpen, steps, invalid);
        StepForm.read(path + ".hold", hold, isHalfOpen, steps, invalid);
        StepForm.read(path + ".flood", flood, isHalfOpen, steps, invalid);
        return steps;
    }

    private static Duration stagger(String text) {
        return ProbeSettings.DEFAULT.withStagger(DurationText.parse(text)).stagger();
    }

    private static Duration timeout(String text) {
        // The range is the settings' own business.
        return ProbeSettings.DEFAULT.withTimeout(DurationText.parse(text)).timeout();
    }
}
