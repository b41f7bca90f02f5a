package dev.sonde.metrics;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MetricsPropertiesTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "probe      | every series has the label probe",
                "team, team | names a label twice",
                "a-b        | a label's key is",
                "__name__   | Prometheus's own"
            })
    void labelsThatSeriesCannotHaveAreRefused(String labels, String why) {
        List<String> keys = List.of(labels.split(", ", -1));
        assertThatThrownBy(() -> new MetricsProperties(1, Set.of(ProbeSeries.INFO), keys))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(why);
    }
}
