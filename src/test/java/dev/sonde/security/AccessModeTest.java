package dev.sonde.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sonde.Starter;
import dev.sonde.security.undecided.UndecidedAccessException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;

/// The whole service, started in ways that do and do not say who may use it.
@Isolated("captures what the process prints")
@ExtendWith(OutputCaptureExtension.class)
class AccessModeTest {

    private static final String TOKEN = "--sonde.security.tokens[0].sha256=" + "0".repeat(64);

    @TempDir private Path directory;

    @Test
    void theServiceRefusesToStartWhenOtherHostsReachItAndNothingIsConfigured(
            CapturedOutput output) {
        assertThatThrownBy(() -> start("--server.address=0.0.0.0"))
                .hasRootCauseInstanceOf(UndecidedAccessException.class);
        assertThat(output)
                .contains("APPLICATION FAILED TO START")
                .contains("sonde.security.tokens", "sonde.security.open=true")
                .doesNotContain("Tomcat started")
                // One description, and no trace of how it came to it.
                .doesNotContain("\tat ", "\n java.base/", "Exception encountered");
    }

    @Test
    void theServiceRefusesToStartWhenItsManagementPortIsReached() {
        assertThatThrownBy(() -> start("--management.server.port=1"))
                .hasRootCauseInstanceOf(UndecidedAccessException.class);
    }

    @Test
    void theServiceRefusesToStartWhenItIsDeclaredOpenAndHasTokens() {
        assertThatThrownBy(
                        () ->
                                start(
                                        "--sonde.security.open=true",
                                        "--sonde.security.tokens[0].name=a",
                                        "--sonde.security.tokens[0].role=viewer",
                                        TOKEN))
                .hasRootCauseInstanceOf(UndecidedAccessException.class);
    }

    @Test
    void theServiceNamesTheSettingWhenATokenIsNotHashed() {
        assertThatThrownBy(
                        () ->
                                start(
                                        "--sonde.security.tokens[0].name=a",
                                        "--sonde.security.tokens[0].role=viewer",
                                        "--sonde.security.tokens[0].sha256=secret"))
                .rootCause()
                .hasMessageContaining("sonde.security.tokens: sha256 of a")
                .hasMessageNotContaining("secret");
    }

    @Test
    void everybodyMayDoEverythingWhenItIsDeclaredOpen() {
        try (ConfigurableApplicationContext service =
                        start("--server.address=0.0.0.0", "--sonde.security.open=true");
                Asker asker = new Asker(Starter.port(service))) {
            assertThat(asker.ask("", "DELETE", "/api/v1/probes/none", "").statusCode())
                    .isEqualTo(404);
            assertThat(asker.get("ignored", "/actuator/health").body()).contains("components");
        }
    }

    private ConfigurableApplicationContext start(String... arguments) {
        return Starter.start(directory, arguments);
    }
}
