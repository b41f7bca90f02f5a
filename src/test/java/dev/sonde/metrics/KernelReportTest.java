package dev.sonde.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sonde.kernel.KernelFeatures;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.actuate.info.Info;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;

class KernelReportTest {

    @Test
    void upWithTheReasonWhenTheHostGivesNothing() {
        Health health = new KernelReport(KernelFeatures.none("another system")).health();
        assertThat(health.getStatus()).isEqualTo(Status.UP);
        assertThat(health.getDetails()).containsEntry("tcp_info", "another system");
    }

    @Test
    void infoNamesEachFeatureWhenTheHostGivesAll() {
        Info.Builder info = new Info.Builder();
        new KernelReport(new KernelFeatures(Map.of())).contribute(info);
        assertThat(info.build().getDetails().get("kernel"))
                .asString()
                .contains("tcp_info=available", "error_queue=available");
    }
}
