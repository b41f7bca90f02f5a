package dev.sonde.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sonde.start.StartException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.convert.ApplicationConversionService;
import org.springframework.mock.env.MockEnvironment;

class ServiceReachTest {

    @ParameterizedTest
    @CsvSource({
        // address, management port, management address
        "127.0.0.1,    ,     ,          true",
        "localhost,    ,     ,          true",
        "::1,          ,     ,          true",
        "0.0.0.0,      ,     ,          false",
        ",             ,     ,          false",
        "127.0.0.1,    8080, ,          true",
        "127.0.0.1,    8081, ,          false",
        "127.0.0.1,    8081, 0.0.0.0,   false",
        "127.0.0.1,    8081, 127.0.0.1, true",
        "127.0.0.1,    -1,   0.0.0.0,   true",
    })
    void loopbackOnlyMeansManagementToo(
            String address, String managementPort, String managementAddress, boolean then) {
        MockEnvironment environment = environment();
        set(environment, "server.address", address);
        set(environment, "management.server.port", managementPort);
        set(environment, "management.server.address", managementAddress);
        assertThat(ServiceReach.of(environment).isLoopbackOnly()).isEqualTo(then);
    }

    @Test
    void wrongAddressIsNamedWithItsProperty() {
        MockEnvironment environment = environment();
        set(environment, "server.address", "nowhere.invalid");
        assertThatThrownBy(() -> ServiceReach.of(environment))
                .isInstanceOf(StartException.class)
                .hasMessageStartingWith("server.address=nowhere.invalid");
    }

    private static MockEnvironment environment() {
        MockEnvironment environment = new MockEnvironment();
        environment.setConversionService(new ApplicationConversionService());
        return environment;
    }

    private static void set(MockEnvironment environment, String name, String value) {
        if (value != null) {
            environment.setProperty(name, value);
        }
    }
}
