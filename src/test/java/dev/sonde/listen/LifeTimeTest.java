package dev.sonde.listen;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sonde.eventloop.HandMovedTicker;
import dev.sonde.listen.spec.Behaviour;
import dev.sonde.listen.spec.ListenerSpec;
import dev.sonde.listen.spec.StoredListener;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A step of the wall clock, back or forth, neither lengthens nor shortens a listener's time.
class LifeTimeTest {

    private static final Instant START = Instant.parse("2026-11-20T10:00:00Z");
    private static final Duration TTL = Duration.ofMinutes(10);

    private final HandMovedTicker ticker = new HandMovedTicker();
    private Instant now = START;
    private final LifeTime life =
            new LifeTime(ticker, ((InstantSource) () -> now).withZone(ZoneOffset.UTC));
    private final StoredListener listener = listener(START);

    @ParameterizedTest
    @ValueSource(strings = {"PT-1H", "PT1H", "P10D"})
    void stepOfTheClockMovesNothing(Duration step) {
        assertThat(life.left(listener)).isEqualTo(TTL);
        now = now.plus(step);
        ticker.advance(Duration.ofMinutes(4));
        assertThat(life.left(listener)).isEqualTo(Duration.ofMinutes(6));
        ticker.advance(Duration.ofMinutes(6));
        assertThat(life.isOver(listener)).isTrue();
    }

    @Test
    void timeBeforeTheStartCountsByTheClock() {
        now = START.plus(Duration.ofMinutes(7));
        assertThat(life.left(listener)).isEqualTo(Duration.ofMinutes(3));
    }

    @Test
    void noListenerLivesLongerThanItsTimeWhenTheClockWasSetBackBeforeTheStart() {
        now = START.minus(Duration.ofDays(1));
        assertThat(life.left(listener)).isEqualTo(TTL);
    }

    @Test
    void replacementBeginsAnew() {
        life.left(listener);
        ticker.advance(Duration.ofMinutes(9));
        now = START.plus(Duration.ofMinutes(9));
        assertThat(life.left(listener(now))).isEqualTo(TTL);
    }

    private static StoredListener listener(Instant since) {
        InetSocketAddress any = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        ListenerSpec spec =
                ListenerSpec.of("a", any, new Behaviour.Echo(Duration.ZERO)).withTtl(TTL);
        return new StoredListener(spec, since, false, null);
    }
}
