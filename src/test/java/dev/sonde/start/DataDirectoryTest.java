package dev.sonde.start;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DataDirectoryTest {

    @TempDir Path folder;

    @BeforeEach
    void makeAFile() throws Exception {
        Files.writeString(folder.resolve("file"), "");
    }

    @ParameterizedTest
    @CsvSource({
        "file,          is a file",
        "file/below,    is a file",
        "/proc/nothing, cannot be used",
    })
    void folderThatCannotBeUsedIsNamedWithItsPropertyAndTheReason(String path, String reason) {
        assertThatThrownBy(() -> DataDirectory.take(folder.resolve(path)))
                .isInstanceOf(StartException.class)
                .hasMessageStartingWith("sonde.data-dir=" + folder.resolve(path))
                .hasMessageContaining(reason);
    }

    @Test
    void folderBelongsToOneServiceUntilItIsClosed() throws Exception {
        Path data = folder.resolve("data");
        try (DataDirectory taken = DataDirectory.take(data)) {
            assertThat(taken.path()).isEqualTo(data);
            assertThatThrownBy(() -> DataDirectory.take(data))
                    .isInstanceOf(StartException.class)
                    .hasMessageContaining("in use by another process");
        }
        DataDirectory.take(data).close();
    }

    @Test
    void ownFolderAndFilesAreForTheUserAlone() throws Exception {
        Path data = Files.createDirectory(folder.resolve("data"));
        Path file = Files.writeString(data.resolve("sonde.db"), "");
        set(data, "rwxr-xr-x");
        set(file, "rw-r--r--");
        DataDirectory.take(data).close();
        assertThat(rights(data)).isEqualTo("rwx------");
        assertThat(rights(file)).isEqualTo("rw-------");
        assertThat(rights(data.resolve("sonde.lock"))).isEqualTo("rw-------");
    }

    @Test
    void folderWithOtherFilesKeepsItsRights() throws Exception {
        set(folder, "rwxr-xr-x");
        DataDirectory.take(folder).close();
        assertThat(rights(folder)).isEqualTo("rwxr-xr-x");
    }

    private static void set(Path path, String rights) throws Exception {
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(rights));
    }

    private static String rights(Path path) throws Exception {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }
}
