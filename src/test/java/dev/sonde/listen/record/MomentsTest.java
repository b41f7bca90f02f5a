package dev.sonde.listen.record;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sonde.probe.finding.TimelineEvent;
import dev.sonde.probe.finding.TimelineEvent.Kind;
import dev.sonde.probe.finding.TimelineEvent.Side;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class MomentsTest {

    private static final long START = -5_000_000;

    @ParameterizedTest
    @EnumSource
    void anEventComesBackAsItWasNoted(Kind kind) {
        Moments moments = new Moments();

        moments.add(START + 3_000, Side.LISTENER, kind, 0);
        moments.add(START + 4_000, Side.UPSTREAM, kind);
        moments.addError(START + 5_000, Side.CLIENT, kind, "ECONNRESET");

        assertThat(moments.since(START))
                .containsExactly(
                        new TimelineEvent(3, Side.LISTENER, kind, 0L, null, null),
                        new TimelineEvent(4, Side.UPSTREAM, kind, null, null, null),
                        new TimelineEvent(5, Side.CLIENT, kind, null, null, "ECONNRESET"));
    }

    @Test
    void repeatedReadinessLeavesRoomForWhatFollows() {
        Moments moments = new Moments();

        for (int i = 0; i < 100; i++) {
            moments.add(START + i * 1_000L, Side.LISTENER, Kind.READ_READY, 0);
        }
        moments.add(START + 100_000, Side.LISTENER, Kind.WRITE_BLOCKED);

        assertThat(moments.since(START))
                .containsExactly(
                        new TimelineEvent(0, Side.LISTENER, Kind.READ_READY, 0L, null, null),
                        new TimelineEvent(
                                100, Side.LISTENER, Kind.WRITE_BLOCKED, null, null, null));
    }

    @Test
    void aBusyConnectionKeepsItsFirstEvents() {
        Moments moments = new Moments();

        for (int i = 0; i < 100; i++) {
            moments.add(START + i * 1_000L, Side.LISTENER, Kind.WRITE_READY, Integer.MAX_VALUE);
        }

        assertThat(moments.size()).isEqualTo(64);
        assertThat(moments.since(START))
                .hasSize(64)
                .last()
                .isEqualTo(
                        new TimelineEvent(
                                63,
                                Side.LISTENER,
                                Kind.WRITE_READY,
                                (long) Integer.MAX_VALUE,
                                null,
                                null));
    }
}
