package dev.sonde.start;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;

class ServiceAddressTest {

    static Stream<Arguments> environments() {
        return Stream.of(
                Arguments.of(Map.of(), "http://127.0.0.1:8080"),
                Arguments.of(Map.of("server.address", "0.0.0.0"), "http://127.0.0.1:8080"),
                Arguments.of(Map.of("server.address", "::"), "http://127.0.0.1:8080"),
                Arguments.of(Map.of("server.address", "::1"), "http://[::1]:8080"),
                Arguments.of(Map.of("server.address", "[::1]"), "http://[::1]:8080"),
                Arguments.of(
                        Map.of("server.port", "0", "local.server.port", "18080"),
                        "http://127.0.0.1:18080"),
                Arguments.of(Map.of("server.ssl.bundle", "api"), "https://127.0.0.1:8080"),
                Arguments.of(
                        Map.of("server.ssl.certificate", "a.pem", "server.address", "10.0.0.1"),
                        "https://10.0.0.1:8080"),
                Arguments.of(
                        Map.of("server.ssl.bundle", "api", "server.ssl.enabled", "false"),
                        "http://127.0.0.1:8080"),
                Arguments.of(
                        Map.of("server.servlet.context-path", "/sonde"),
                        "http://127.0.0.1:8080/sonde"));
    }

    @ParameterizedTest
    @MethodSource("environments")
    void theAddressIsReachedFromThisHost(Map<String, Object> properties, String url) {
        StandardEnvironment environment = new StandardEnvironment();
        environment.getPropertySources().addFirst(new MapPropertySource("given", properties));

        assertThat(ServiceAddress.url(environment)).isEqualTo(url);
    }
}
