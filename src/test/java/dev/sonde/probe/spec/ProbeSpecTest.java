package dev.sonde.probe.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProbeSpecTest {

    private static final String ALPHABET = "az09.-AZ_ä/";
    private static final Target TARGET = new Target("db.example", 5432);
    private static final ProbeSpec SPEC = ProbeSpec.of(TARGET, Duration.ofSeconds(10));

    @ParameterizedTest
    @ValueSource(strings = {"a", "0", "orders-db", "a.b-c.d", "x1"})
    void nameIsValidWhenItIsALabelLikeWord(String name) {
        assertThat(ResourceName.isValid(name)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-a", "a-", "A", "a_b", "a b", "ä", ".a", "a/b"})
    void nameIsRefusedWhenItIsNot(String name) {
        assertThatIllegalArgumentException().isThrownBy(() -> ResourceName.requireValid(name));
    }

    @Test
    void nameHasAtMost63Characters() {
        assertThat(ResourceName.isValid("a".repeat(63))).isTrue();
        assertThat(ResourceName.isValid("a".repeat(64))).isFalse();
    }

    /// Stored rows hang on it: it may never change.
    @Test
    void keyIsTheSameForEver() {
        assertThat(ResourceName.key("orders-db")).isEqualTo(3089429448159390911L);
    }

    @Test
    void intervalIsRefusedWhenOutOfRange() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SPEC.withInterval(Duration.ofMillis(99)));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SPEC.withInterval(Duration.ofHours(24).plusNanos(1)));
    }

    @Test
    void timeoutIsRefusedWhenLongerThanTheInterval() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SPEC.withInterval(Duration.ofSeconds(4)))
                .withMessage("the timeout must not exceed the interval");
    }

    @Test
    void labelIsRefusedWhenPrometheusWouldRefuseItsKey() {
        for (String key : new String[] {"", "1a", "a-b", "__name__", "a".repeat(64)}) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> SPEC.withLabels(Map.of(key, "value")));
        }
    }

    @Test
    void labelIsRefusedWhenItsValueIsLongOrUnprintable() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SPEC.withLabels(Map.of("team", "x".repeat(256))));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SPEC.withLabels(Map.of("team", "a\nb")));
    }

    @Test
    void versionIsNewWhenANameIsMadeAgain() {
        Instant now = Instant.parse("2026-11-20T10:00:00.123456789Z");
        ProbeDefinition first = ProbeDefinition.create("a", SPEC, now);
        ProbeDefinition again = ProbeDefinition.create("a", SPEC, now.plusMillis(5));
        assertThat(again.version()).isGreaterThan(first.replace(SPEC, now).version());
    }

    @Test
    void nameIsValidWhereItMatchesThePattern() {
        Random random = new Random(1);
        for (int i = 0; i < 20_000; i++) {
            int length = random.nextInt(i % 10 == 0 ? 66 : 4);
            String name =
                    random.ints(length, 0, ALPHABET.length())
                            .mapToObj(at -> ALPHABET.substring(at, at + 1))
                            .collect(Collectors.joining());
            assertThat(ResourceName.isValid(name)).isEqualTo(name.matches(ResourceName.PATTERN));
        }
    }
}
