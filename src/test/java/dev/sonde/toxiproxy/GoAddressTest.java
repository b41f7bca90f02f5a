package dev.sonde.toxiproxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetSocketAddress;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GoAddressTest {

    @ParameterizedTest
    @CsvSource({
        ":8080, 0.0.0.0, 8080",
        "127.0.0.1:0, 127.0.0.1, 0",
        "[::1]:26379, 0:0:0:0:0:0:0:1, 26379"
    })
    void addressIsReadAsGoReadsIt(String text, String host, int port) {
        InetSocketAddress read = GoAddress.parse(text);

        assertThat(read.getAddress().getHostAddress()).isEqualTo(host);
        assertThat(read.getPort()).isEqualTo(port);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "127.0.0.1", "127.0.0.1:", "127.0.0.1:70000"})
    void addressWithoutAPortIsRefused(String text) {
        assertThatThrownBy(() -> GoAddress.parse(text))
                .isInstanceOf(ToxiproxyException.class)
                .hasMessageContaining("listen: expected host:port, not " + text);
    }
}
