package dev.sonde.attempt;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sonde.probe.spec.InterfaceGoneException;
import dev.sonde.probe.spec.Target;
import java.net.InetSocketAddress;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The addresses of literals that a loop holds.
class LiteralAddressesTest {

    private final LiteralAddresses addresses = new LiteralAddresses();

    @ParameterizedTest
    @CsvSource({"127.0.0.1:80, 1", "[::1]:80, 1", "[fe80::1%1]:80, 2"})
    void addressIsHeldUnlessItNamesAnInterface(String target, int objects)
            throws InterfaceGoneException {
        InetSocketAddress first = addresses.of(Target.parse(target));
        InetSocketAddress second = addresses.of(Target.parse(target));

        assertThat(second).isEqualTo(first);
        assertThat(Stream.of(first, second).map(System::identityHashCode).distinct())
                .hasSize(objects);
    }

    @Test
    void everyTargetHasItsOwnAddressWhenTheyAreManyMoreThanThePlaces()
            throws InterfaceGoneException {
        for (int i = 0; i < 3_000; i++) {
            String host = "10.0.%d.%d".formatted(i / 256, i % 256);
            assertThat(addresses.of(new Target(host, 1 + i)))
                    .isEqualTo(new InetSocketAddress(host, 1 + i));
        }
        assertThat(addresses.of(new Target("a.example", 80))).isNull();
    }
}
