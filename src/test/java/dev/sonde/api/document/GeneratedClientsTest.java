package dev.sonde.api.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.sonde.api.HttpTest;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;

/// Clients in TypeScript, Python and Java, generated with default options. They put every behaviour
/// and a probe, run a check and read its result. A linter finds nothing in the document.
@HttpTest
class GeneratedClientsTest {

    @LocalServerPort int port;

    @Test
    void generatedClientsCreateEverythingWhenTheirOptionsAreTheDefaults() throws Exception {
        assumeTrue(
                Boolean.getBoolean("generated.clients"),
                "installs generators from npm and Maven Central: needs -Dgenerated.clients=true");
        Process process =
                new ProcessBuilder(
                                "src/test/clients/run",
                                "http://127.0.0.1:" + port,
                                "target/clients")
                        .redirectErrorStream(true)
                        .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
        assertThat(output).contains("typescript: done", "python: ", "java: done");
    }
}
