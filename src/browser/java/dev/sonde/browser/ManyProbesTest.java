package dev.sonde.browser;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sonde.api.HttpCalls;
import dev.sonde.api.HttpTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.TestPropertySource;

/// *Now* with many probes. The times are recorded in `target/browser/first-paint.txt`, not judged:
/// the machine may be busy.
@HttpTest
@TestPropertySource(properties = "sonde.data-dir=target/data/many-${random.uuid}")
@DirtiesContext
class ManyProbesTest {

    private static final Path RECORD = Path.of("target/browser/first-paint.txt");

    @LocalServerPort int port;
    private Chromium chromium;

    @BeforeEach
    void open() {
        chromium = new Chromium();
    }

    @AfterEach
    void close() {
        chromium.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {1_000, 10_000})
    void rowsArePaintedAndScrolled(int count) throws IOException {
        String lines =
                IntStream.range(0, count)
                        .mapToObj(
                                number ->
                                        "{\"name\":\"p%05d\",\"target\":\"127.0.0.1:1\",\"interval\":\"1h\"}"
                                                .formatted(number))
                        .collect(Collectors.joining("\n"));
        try (HttpCalls calls = new HttpCalls(port)) {
            calls.post("/probes/bulk", "application/x-ndjson", lines);
        }
        for (int turn = 0; turn < 2; turn++) {
            try (Visit visit = chromium.visit("http://127.0.0.1:" + port)) {
                long startedNanos = System.nanoTime();
                visit.open("");
                visit.page.locator(".row").first().waitFor();
                long firstNanos = System.nanoTime();
                visit.page.getByText(count + " probes").waitFor();
                record(count, turn, firstNanos - startedNanos, System.nanoTime() - startedNanos);
                visit.page.evaluate("() => scrollTo(0, document.body.scrollHeight)");
                visit.page.locator("[aria-posinset='%d']".formatted(count)).waitFor();
                assertThat(visit.page.locator(".row").count()).isLessThan(100);
                visit.isQuiet();
            }
        }
    }

    private static void record(int count, int turn, long firstNanos, long allNanos)
            throws IOException {
        String load = Files.readString(Path.of("/proc/loadavg")).strip();
        String line =
                "%d probes, visit %d: first row after %d ms, all after %d ms, load %s%n"
                        .formatted(
                                count,
                                turn + 1,
                                firstNanos / 1_000_000,
                                allNanos / 1_000_000,
                                load);
        Files.createDirectories(RECORD.getParent());
        Files.writeString(RECORD, line, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }
}
