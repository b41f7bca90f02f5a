package dev.sonde.metrics;

import dev.sonde.kernel.KernelFeature;
import dev.sonde.kernel.KernelFeatures;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.boot.actuate.info.Info;
import org.springframework.boot.actuate.info.InfoContributor;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.stereotype.Component;

/// Which of the kernel's answers this host gives, and of every other one why not: `kernel` in the
/// health details and in the info.
///
/// It is never down: without the kernel's evidence Sonde probes as before and says `source: none`.
@Component("kernel")
final class KernelReport implements HealthIndicator, InfoContributor {

    private final Map<String, Object> features = new LinkedHashMap<>();

    KernelReport(KernelFeatures kernel) {
        for (KernelFeature feature : KernelFeature.values()) {
            features.put(feature.label(), kernel.whyMissing(feature).orElse("available"));
        }
    }

    @Override
    public Health health() {
        return Health.up().withDetails(features).build();
    }

    @Override
    public void contribute(Info.Builder info) {
        info.withDetail("kernel", features);
    }
}
