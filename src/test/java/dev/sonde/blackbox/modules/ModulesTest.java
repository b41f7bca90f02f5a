package dev.sonde.blackbox.modules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.sonde.probe.spec.ProbeSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.util.unit.DataSize;

/// The module file while it changes.
class ModulesTest {

    private final ModuleFileReader reader = new ModuleFileReader(_ -> ProbeSettings.DEFAULT);

    @TempDir Path directory;

    @Test
    void changeCountsWhenTheFileIsWrittenAnew() throws IOException {
        try (Modules modules = modules("modules: {a: {prober: tcp, timeout: 1s}}")) {
            write("modules: {a: {prober: tcp, timeout: 2s}, b: {prober: http}}");
            await().until(() -> modules.current().find("b").isPresent());
            assertThat(modules.settingsOf("a").timeout()).isEqualTo(Duration.ofSeconds(2));
            assertThatThrownBy(() -> modules.settingsOf("b")).hasMessageContaining("not supported");
            assertThatThrownBy(() -> modules.settingsOf("c")).hasMessageContaining("no module");
        }
    }

    @Test
    void oldModulesStayWhenTheNewFileIsBad() throws IOException {
        try (Modules modules = modules("modules: {a: {prober: tcp}}")) {
            write("modules: {a: {prober: [}}");
            assertThatThrownBy(modules::reload).isInstanceOf(InvalidModuleFileException.class);
            Files.delete(file());
            assertThatThrownBy(modules::reload).hasMessageContaining("cannot be read");
            assertThat(modules.latest().isGood()).isFalse();
            assertThat(modules.settingsOf("a")).isNotNull();
        }
    }

    @Test
    void oldModulesStayWhenTheNewFileIsTooLarge() throws IOException {
        try (Modules modules = modules("modules: {a: {prober: tcp}}")) {
            write("modules: {b: {prober: tcp}}\n#" + "x".repeat(1_024));
            assertThatThrownBy(modules::reload)
                    .hasMessage("it has more than 1024 bytes (sonde.modules.max-size)");
            assertThat(modules.current().find("a")).isPresent();
        }
    }

    @Test
    void plainConnectIsThereWhenNoFileIsGiven() {
        try (Modules modules = new Modules(reader, properties(null), Clock.systemUTC())) {
            assertThat(modules.settingsOf("tcp_connect")).isNotNull();
        }
    }

    private Modules modules(String content) throws IOException {
        write(content);
        return new Modules(reader, properties(file()), Clock.systemUTC());
    }

    private static ModuleProperties properties(@Nullable Path file) {
        return new ModuleProperties(file, Duration.ofMillis(100), DataSize.ofKilobytes(1), 0);
    }

    private void write(String content) throws IOException {
        Files.writeString(file(), content);
    }

    private Path file() {
        return directory.resolve("modules.yaml");
    }
}
