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

/// The kernel features of this host, and the reason for each missing one: `kernel` in the health
/// details and in the info.
///
/// The status is never down. Without the kernel's evidence Sonde probes as before and reports
/// `source: none`.
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
