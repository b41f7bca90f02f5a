package dev.sonde.blackbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScrapeTargetTest {

    @ParameterizedTest
    @CsvSource({
        "127.0.0.1:22,          127.0.0.1:22",
        "127.0.0.1:ssh,         127.0.0.1:22",
        "db.example:HTTPS,      db.example:443",
        "127.0.0.1:0080,        127.0.0.1:80",
        "127.0.0.1:36700,       127.0.0.1:36700",
        "'[::1]:smtp',          '[::1]:25'",
        "'[db.example]:000443', db.example:443",
    })
    void targetIsReadAsUpstreamReadsIt(String text, String target) {
        assertThat(ScrapeTarget.parse(text)).hasToString(target);
    }

    @ParameterizedTest
    @CsvSource({
        "127.0.0.1,           the port is missing",
        "127.0.0.1:,          a port is a decimal number",
        "127.0.0.1:0,         a port is",
        "127.0.0.1:99999,     from 1 to 65535",
        "127.0.0.1:no-such-1, no TCP service has the name",
        "127.0.0.01:80,       four decimal numbers",
    })
    void targetThatCannotBeReadHasAReason(String text, String reason) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ScrapeTarget.parse(text))
                .withMessageContaining(reason);
    }

    @Test
    void namesAndAliasesComeFromTheFile(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("services");
        Files.writeString(file, "# names\nblue 7001/tcp azure # sea\nblue 7002/udp\nbad\n");
        ServiceNames names = ServiceNames.read(file);
        assertThat(names.port("AZURE")).hasValue(7001);
        assertThat(names.port("blue")).hasValue(7001);
        assertThat(names.port("ssh")).hasValue(22);
        assertThat(names.port("bad")).isEmpty();
    }
}
