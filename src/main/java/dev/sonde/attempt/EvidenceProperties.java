package dev.sonde.attempt;

import dev.sonde.probe.path.Question;
import jakarta.validation.constraints.NotNull;
import java.util.Set;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/// The search for evidence.
///
/// @param questions that a run may ask by itself, beyond the probe, where its verdict is open
@Validated
@ConfigurationProperties("sonde.evidence")
record EvidenceProperties(
        @DefaultValue({"path", "data_path", "mtu", "second_connect", "own_side"}) @NotNull
                Set<Question> questions) {

    EvidenceProperties {
        questions = Set.copyOf(questions);
    }
}
