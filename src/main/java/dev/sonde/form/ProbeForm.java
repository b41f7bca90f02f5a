package dev.sonde.form;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.sonde.form.condition.ExpectForm;
import dev.sonde.form.condition.ProbeLabelReader;
import dev.sonde.form.timing.ProbeTiming;
import dev.sonde.probe.expect.Condition;
import dev.sonde.probe.expect.Expectation;
import dev.sonde.probe.spec.Phase;
import dev.sonde.probe.spec.ProbeModules;
import dev.sonde.probe.spec.ProbeSettings;
import dev.sonde.probe.spec.ProbeSpec;
import dev.sonde.probe.spec.Target;
import dev.sonde.probe.spec.Thresholds;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// A probe as a person writes it, but for its name.
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ProbeForm(
        @Nullable String target,
        @Nullable String interval,
        @Nullable SettingsForm settings,
        @Nullable String module,
        @Nullable Map<String, @Nullable String> labels,
        @Nullable Boolean paused,
        @Nullable Integer rise,
        @Nullable Integer fall,
        @Nullable ExpectForm expect) {

    /// The form of this probe. Values that equal their default are left out. A default that depends
    /// on another field continues to follow that field.
    public static ProbeForm of(ProbeSpec spec) {
        Duration usual = ProbeTiming.usualTimeout(spec.interval(), spec.settings());
        boolean isUsual = spec.settings().timeout().equals(usual);
        String timeout = isUsual ? null : DurationText.format(spec.settings().timeout());
        return new ProbeForm(
                spec.target().toString(),
                DurationText.format(spec.interval()),
                spec.module() != null ? null : SettingsForm.of(spec.settings(), timeout),
                spec.module(),
                Map.copyOf(spec.labels()),
                spec.paused(),
                spec.thresholds().rise(),
                spec.thresholds().fall(),
                ExpectForm.of(spec.settings().expect()));
    }

    /// The same with what is sent hidden.
    public ProbeForm withoutSent() {
        return new ProbeForm(
                target,
                interval,
                settings == null ? null : settings.withoutSent(),
                module,
                labels,
                paused,
                rise,
                fall,
                expect);
    }

    /// The same without what is kept outside of documents.
    public ProbeForm withoutPaused() {
        return new ProbeForm(target, interval, settings, module, labels, null, rise, fall, expect);
    }

    /// The definition of this form.
    ///
    /// @param modules the settings that have a name
    /// @param invalid errors so far; collects those of this form
    /// @throws InvalidRequestException with all errors
    public ProbeSpec toSpec(ProbeModules modules, InvalidFields invalid) {
        Target to = required("target", target, invalid) ? readTarget(invalid) : null;
        Duration every = required("interval", interval, invalid) ? readInterval(invalid) : null;
        ProbeSettings how =
                module == null
                        ? ProbeTiming.read(settings, every, invalid)
                        : settingsOfModule(modules, every, invalid);
        how = how.withExpect(readExpect(how, invalid));
        Map<String, String> tags = new ProbeLabelReader(invalid).read(labels);
        int up = invalid.number("rise", rise, Thresholds.MOST, Thresholds.DEFAULT.rise());
        int down = invalid.number("fall", fall, Thresholds.MOST, Thresholds.DEFAULT.fall());
        invalid.throwIfAny();
        return new ProbeSpec(
                Objects.requireNonNull(to),
                Objects.requireNonNull(every),
                how,
                module,
                tags,
                Boolean.TRUE.equals(paused),
                new Thresholds(up, down));
    }

    /// The expectation of the probe, or of its settings.
    private @Nullable Expectation readExpect(ProbeSettings read, InvalidFields invalid) {
        String path = expect == null ? "settings.expect" : "expect";
        if (expect != null && settings != null && settings.expect() != null) {
            invalid.add("expect", null, "stands in the probe or in its settings, not in both");
        }
        Expectation given =
                expect == null ? read.expect() : expect.toExpectation("expect", invalid);
        boolean hasTls = read.has(Phase.TLS) || read.startsTlsInDialogue();
        if (given != null && module == null && !hasTls) {
            for (Condition condition : given.conditions()) {
                if (condition.measure().needsTls()) {
                    invalid.add(
                            path + "." + condition.measure().label(),
                            condition.text(),
                            "only a probe with TLS measures it");
                }
            }
        }
        return given;
    }

    private @Nullable Target readTarget(InvalidFields invalid) {
        return invalid.read(
                "target", target, invalid.keeps(target) ? Target::parse : Target::parseHere);
    }

    private @Nullable Duration readInterval(InvalidFields invalid) {
        return invalid.read(
                "interval",
                interval,
                text ->
                        ProbeSpec.requireInterval(
                                ProbeTiming.wholeMillis(DurationText.parse(text))));
    }

    private ProbeSettings settingsOfModule(
            ProbeModules modules, @Nullable Duration every, InvalidFields invalid) {
        Duration within = Objects.requireNonNullElse(every, ProbeSpec.LONGEST_INTERVAL);
        var _ = invalid.read("module", module, it -> ProbeSpec.settingsOf(it, modules, within));
        if (settings != null && !settings.equals(SettingsForm.NONE)) {
            invalid.add("module", module, "module and settings exclude each other");
        }
        return ProbeSettings.DEFAULT;
    }

    private static boolean required(String field, @Nullable String given, InvalidFields invalid) {
        if (given == null) {
            invalid.add(field, null, "is required");
        }
        return given != null;
    }
}
