package dev.sonde.start;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

class UnknownSettingsTest {

    private static final String VARIABLES =
            StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME;

    @ParameterizedTest
    @CsvSource({
        "sonde.targets.deny,                sonde.policy.targets.deny",
        "sonde.policy.target.deny,          sonde.policy.targets.deny",
        "sonde.policy.targets.denied[0],    sonde.policy.targets.deny",
        "sonde.policy.targets,              sonde.policy.targets.deny",
        "sonde.engine.inflight-max,         sonde.engine.in-flight",
        "sonde.datadir.x,                   sonde.data-dir",
        "sonde.security.tokens[0].rol,      sonde.security.tokens[0].role",
        "sonde.security.token[0].name,      sonde.security.tokens[0].name",
    })
    void unknownSettingEndsTheStartAndTheNearestOneIsNamed(String name, String nearest) {
        assertThatThrownBy(() -> judge(Map.of(name, "10.0.0.0/8"), Map.of()))
                .isInstanceOf(StartException.class)
                .hasMessage("%s: no such setting exists. The nearest one is %s.", name, nearest);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sonde.data-dir",
                "sonde.dataDir",
                "sonde.policy.targets.deny",
                "sonde.policy.targets.deny[3]",
                "sonde.security.tokens[1].sha256",
                "sonde.results.recent-number", // two records share the group
                "sonde.results.write-every",
                "sondes.targets.deny",
            })
    void knownSettingPasses(String name) {
        assertThatCode(() -> judge(Map.of(name, "1"), Map.of())).doesNotThrowAnyException();
    }

    @Test
    void groupMayBeEmptyInAFile() {
        assertThatCode(() -> judge(Map.of("sonde.policy.targets", ""), Map.of()))
                .doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource({
        "SONDE_POLICY_TARGETS_DENY,         10.0.0.0/8",
        "SONDE_ENGINE_IN_FLIGHT,            5",
        "SONDE_ENGINE_INFLIGHT,             5",
        "SONDE_POLICY_TARGETS_ALLOW_0,      10.0.0.0/8",
        "SONDE_SECURITY_TOKENS_0_SHA256,    0",
        "SONDE_JAR,                         sonde.jar",
        "SONDE_SERVER,                      http://localhost",
        "SONDE_TOKEN,                       secret",
        "SONDE_PORT,                        tcp://10.0.0.1:80",
        "SONDE_SERVICE_HOST,                10.0.0.1",
        "SONDE_LISTENERS_SERVICE_HOST,      10.0.0.1",
        "SONDE_LISTENERS_SERVICE_PORT_HTTP, 80",
        "SONDE_LISTENERS_PORT,              tcp://10.0.0.1:80",
        "SONDE_LISTENERS_PORT_80_TCP_ADDR,  10.0.0.1",
    })
    void variableThatIsKnownOrNoneOfOursPasses(String name, String value) {
        assertThatCode(() -> judge(Map.of(), Map.of(name, value))).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"SONDE_POLICY_TARGET_DENY", "SONDE_POLICY_DENY", "SONDE_LISTENERS_PORT"})
    void unknownVariableInAGroupOfOursEndsTheStart(String name) {
        assertThatThrownBy(() -> judge(Map.of(), Map.of(name, "7")))
                .isInstanceOf(StartException.class)
                .hasMessageStartingWith(name + ": no such setting exists");
    }

    private static void judge(Map<String, Object> settings, Map<String, Object> variables) {
        StandardEnvironment environment =
                new StandardEnvironment() {
                    @Override
                    public Map<String, Object> getSystemEnvironment() {
                        return variables;
                    }
                };
        environment
                .getPropertySources()
                .replace(VARIABLES, new SystemEnvironmentPropertySource(VARIABLES, variables));
        environment.getPropertySources().addFirst(new MapPropertySource("file", settings));
        ConfigurationPropertySources.attach(environment);
        new UnknownSettings().postProcessEnvironment(environment, new SpringApplication());
    }
}
