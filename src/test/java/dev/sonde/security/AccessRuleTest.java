package dev.sonde.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.context.properties.bind.Binder;

@SuppressWarnings("NullAway") // a null fails the test
class AccessRuleTest {

    @ParameterizedTest
    @ValueSource(strings = {"/api/v1/status", "/api/v1/probes/*/badge/*"})
    void pathNeedsAViewerUnlessThePageIsPublic(String path) {
        SecurityProperties properties =
                new Binder(List.of()).bindOrCreate("sonde.security", SecurityProperties.class);
        assertThat(role(AccessRule.table(properties, false), path)).isEqualTo(Role.VIEWER);
        assertThat(role(AccessRule.table(properties, true), path)).isNull();
    }

    private static Role role(List<AccessRule> table, String path) {
        return table.stream()
                .filter(rule -> rule.path().equals(path))
                .findAny()
                .orElseThrow()
                .role();
    }
}
