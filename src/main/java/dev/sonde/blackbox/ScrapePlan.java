package dev.sonde.blackbox;

import dev.sonde.blackbox.direct.ProbeStart.Scrape;
import dev.sonde.blackbox.modules.Module;
import dev.sonde.blackbox.modules.Module.Use;
import dev.sonde.blackbox.modules.ModuleSet;
import dev.sonde.probe.spec.Excerpt;
import dev.sonde.probe.spec.ProbeSettings;
import dev.sonde.probe.spec.StepSettings;
import dev.sonde.probe.spec.Target;
import dev.sonde.probe.spec.TlsSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The plan of a scrape.
sealed interface ScrapePlan {

    /// No module has the name.
    record Unknown() implements ScrapePlan {}

    /// The answer is an error.
    record Refused(int status, String why) implements ScrapePlan {}

    /// The target or the hostname cannot be read, so the scrape has no result.
    record Unreadable(Module module, Duration timeout, String why) implements ScrapePlan {}

    /// The probe can run.
    record Ready(Module module, Target target, ProbeSettings settings) implements ScrapePlan {}

    /// Judges a scrape, in blackbox_exporter's order.
    ///
    /// @param hostname the name that TLS asks for, where the module has none
    static ScrapePlan of(ModuleSet modules, Scrape scrape, @Nullable String hostname) {
        Module module = modules.find(scrape.module()).orElse(null);
        if (module == null) {
            return new Unknown();
        }
        Duration timeout;
        try {
            timeout = ProbeTimeout.of(scrape.timeout(), module.timeout());
        } catch (NumberFormatException e) {
            return new Refused(
                    500, "Failed to parse timeout from Prometheus header: " + e.getMessage());
        }
        if (scrape.target().isEmpty()) {
            return new Refused(400, "Target parameter is missing");
        }
        return switch (module.use()) {
            case Use.Unusable(String why) -> new Refused(400, why);
            case Use.Invalid(String why) ->
                    new Refused(
                            400,
                            "Module %s cannot be used: %s"
                                    .formatted(Excerpt.quoted(scrape.module()), why));
            case Use.Usable(ProbeSettings settings) -> {
                try {
                    Target target = ScrapeTarget.parse(scrape.target());
                    yield new Ready(module, target, named(settings, hostname).withTimeout(timeout));
                } catch (IllegalArgumentException e) {
                    yield new Unreadable(module, timeout, String.valueOf(e.getMessage()));
                }
            }
        };
    }

    /// The name that TLS asks for, where the module has none.
    private static ProbeSettings named(ProbeSettings settings, @Nullable String hostname) {
        if (hostname == null || hostname.isEmpty()) {
            return settings;
        }
        List<StepSettings> steps = new ArrayList<>(settings.steps());
        steps.replaceAll(
                step ->
                        step instanceof TlsSettings tls && tls.serverName() == null
                                ? tls.withServerName(hostname)
                                : step);
        return settings.withSteps(steps);
    }
}
