package dev.sonde.api.probe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sonde.api.HttpTest;
import dev.sonde.probe.spec.ProbeDefinition;
import dev.sonde.probe.spec.ProbeSpec;
import dev.sonde.schedule.ProbeChange;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;

/// The answers to changes of probes.
@HttpTest
class ProbeViewMakerTest {

    @Autowired ProbeViewMaker views;
    @Autowired ProbeReader reader;

    @Test
    void aChangeIsAnsweredWhenTheProbeIsDeletedMeanwhile() {
        ProbeSpec spec =
                reader.read(
                                new ProbeRequest(
                                        "gone",
                                        "127.0.0.1:1",
                                        "1m",
                                        null,
                                        null,
                                        null,
                                        null,
                                        null,
                                        null,
                                        null),
                                null)
                        .spec();
        ProbeDefinition made = ProbeDefinition.create("gone", spec, Instant.now());
        ResponseEntity<ScheduledProbeView> answer =
                views.changed(HttpStatus.OK, new ProbeChange(null, made));
        assertThat(answer.getBody()).isNotNull();
        assertThat(answer.getBody().name()).isEqualTo("gone");
        assertThat(answer.getBody().state()).isEqualTo("pending");
    }
}
