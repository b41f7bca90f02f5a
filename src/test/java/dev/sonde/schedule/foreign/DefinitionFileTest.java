package dev.sonde.schedule.foreign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DefinitionFileTest {

    @TempDir private Path directory;

    @Test
    void bodiesAreTheLatestAndTheFileStaysSmallWhenManyChange() throws IOException {
        Random random = new Random(1);
        Map<String, Long> slots = new HashMap<>();
        Map<String, byte[]> bodies = new HashMap<>();
        try (DefinitionFile file = DefinitionFile.open(directory)) {
            for (int i = 0; i < 5_000; i++) {
                String name = "p" + random.nextInt(50);
                byte[] body = new byte[random.nextInt(2_000)];
                random.nextBytes(body);
                Long before = slots.put(name, file.write(name, body));
                bodies.put(name, body);
                if (before != null) {
                    file.free(before);
                }
            }
            for (String name : slots.keySet()) {
                assertThat(file.read(name, slots.get(name))).isEqualTo(bodies.get(name));
            }
            assertThat(file.sizeBytes()).isLessThan(51 * 2 * 4_096L);
        }
    }

    @Test
    void readFailsWhenTheSlotIsOfAnotherName() throws IOException {
        try (DefinitionFile file = DefinitionFile.open(directory)) {
            long slot = file.write("a", new byte[] {1});
            assertThatIOException().isThrownBy(() -> file.read("b", slot));
            assertThatIOException().isThrownBy(() -> file.read("a", slot + 1));
        }
    }

    @Test
    void directoryIsEmptyWhileTheFileIsOpen() throws IOException {
        try (DefinitionFile _ = DefinitionFile.open(directory);
                var names = Files.list(directory)) {
            assertThat(names).isEmpty();
        }
    }
}
