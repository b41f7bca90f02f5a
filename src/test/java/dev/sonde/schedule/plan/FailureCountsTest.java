package dev.sonde.schedule.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sonde.probe.finding.FailureReason;
import org.junit.jupiter.api.Test;

class FailureCountsTest {

    @Test
    void eachReasonIsCountedByItself() {
        FailureCounts counts = FailureCounts.plus(null, FailureReason.REFUSED);
        FailureCounts before = counts;
        counts = FailureCounts.plus(counts, FailureReason.TIMED_OUT);
        counts = FailureCounts.plus(counts, FailureReason.TIMED_OUT);
        counts = FailureCounts.plus(counts, FailureReason.REFUSED);
        assertThat(counts)
                .isEqualTo(
                        new FailureCounts(
                                FailureReason.REFUSED,
                                2,
                                new FailureCounts(FailureReason.TIMED_OUT, 2, null)));
        assertThat(FailureCounts.reasons(counts)).isEqualTo(2);
        assertThat(before).isEqualTo(new FailureCounts(FailureReason.REFUSED, 1, null));
        assertThat(FailureCounts.reasons(null)).isZero();
    }
}
