package dev.sonde.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sonde.start.ConfigurationFiles;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.context.config.ConfigDataEnvironmentPostProcessor;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;

/// Tokens in a file of the configuration that changes while the service runs.
class TokenReloadTest {

    @TempDir Path folder;
    private final StandardEnvironment environment = new StandardEnvironment();

    @BeforeEach
    void start() throws Exception {
        write("old");
        environment
                .getPropertySources()
                .addFirst(
                        new MapPropertySource(
                                "commandLineArgs",
                                Map.of("spring.config.location", file().toUri().toString())));
        ConfigDataEnvironmentPostProcessor.applyTo(environment);
    }

    @Test
    void newTokenCountsAndTheOldOneDoesNotAfterAReading() throws Exception {
        StaticTokens tokens =
                new StaticTokens(files().read("sonde.security", SecurityProperties.class).tokens());
        try (TokenReload reload = new TokenReload(files(), tokens)) {
            write("new");
            assertThat(tokens.find("old")).isPresent();
            reload.reload();
            assertThat(tokens.find("new")).isPresent();
            assertThat(tokens.find("old")).isEmpty();
        }
    }

    @Test
    void oldTokensStayWhenTheNewOnesCannotBeUsed() throws Exception {
        StaticTokens tokens =
                new StaticTokens(files().read("sonde.security", SecurityProperties.class).tokens());
        try (TokenReload reload = new TokenReload(files(), tokens)) {
            Files.writeString(file(), "sonde.security.tokens: [{name: a, role: admin, sha256: x}]");
            assertThatThrownBy(reload::reload).isInstanceOf(RuntimeException.class);
            Files.writeString(file(), "sonde.security.open: false");
            assertThatThrownBy(reload::reload).hasMessageContaining("decided at the start");
            assertThat(tokens.find("old")).isPresent();
        }
    }

    @Test
    void changeOfAFileIsSeenInItsFingerprint() throws Exception {
        var before = files().fingerprint();
        write("new");
        assertThat(before).hasSize(1);
        assertThat(files().fingerprint()).isNotEqualTo(before);
    }

    private ConfigurationFiles files() {
        return new ConfigurationFiles(environment);
    }

    private void write(String token) throws Exception {
        byte[] hash =
                MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8));
        Files.writeString(
                file(),
                "sonde.security.tokens: [{name: a, role: admin, sha256: %s}]"
                        .formatted(HexFormat.of().formatHex(hash)));
    }

    private Path file() {
        return folder.resolve("application.yaml");
    }
}
