package dev.sonde.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HostNamesTest {

    private final HostNames names = new HostNames(List.of("Sonde.Example"));

    @ParameterizedTest
    @ValueSource(
            strings = {
                "localhost",
                "LOCALHOST.",
                "a.localhost",
                "127.0.0.1",
                "127.9.9.9",
                "[::1]",
                "::1",
                "0:0:0:0:0:0:0:1",
                "sonde.example",
                "SONDE.example."
            })
    void nameIsOurs(String host) {
        assertThat(names.isOurs(host)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "evil.example",
                "localhost.evil.example",
                "notlocalhost",
                "127.0.0.1.evil.example",
                "a.sonde.example",
                "10.0.0.1",
                "0.0.0.0",
                "[fe80::1]"
            })
    void nameIsNotOurs(String host) {
        assertThat(names.isOurs(host)).isFalse();
    }
}
