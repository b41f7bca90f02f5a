package dev.sonde.api.probe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sonde.api.Answer;
import dev.sonde.api.HttpCalls;
import dev.sonde.api.request.BoundedLines;
import dev.sonde.schedule.Schedules;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;

@SpringBootTest(
        webEnvironment = WebEnvironment.RANDOM_PORT,
        properties = {"sonde.api.max-body=1KB", "sonde.data-dir=target/data/bulk-${random.uuid}"})
class BulkTest {

    private static final String NDJSON = "application/x-ndjson";

    @LocalServerPort int port;
    @Autowired Schedules schedules;
    private HttpCalls calls;

    @BeforeEach
    void open() {
        calls = new HttpCalls(port);
    }

    @AfterEach
    void close() {
        calls.close();
    }

    private static String line(String name) {
        return "{\"name\": \"%s\", \"target\": \"127.0.0.1:1\", \"interval\": \"24h\"}\n"
                .formatted(name);
    }

    @Test
    void bulkFailsBadLinesAlone() {
        String body =
                line("good-1")
                        + "\n"
                        + line("Bad")
                        + "{\"name\": \"x\"\n"
                        + line("good-1").replace("}", ", \"module\": \"m\"}")
                        + line("good-2").replace("24h", "x".repeat(70_000))
                        + "null\r\n"
                        + line("good-3").strip();
        Answer answer = calls.post("/probes/bulk", NDJSON, body);
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.at("/created") + answer.at("/replaced") + answer.at("/failed"))
                .isEqualTo("205");
        assertThat(answer.json().at("/errors").findValuesAsString("line"))
                .containsExactly("3", "4", "5", "6", "7");
        assertThat(answer.at("/errors/1/message"))
                .isEqualTo("not valid JSON in UTF-8, at column 13");
        assertThat(answer.at("/errors/2/message")).contains("module");
        assertThat(answer.at("/errors/3/message")).contains("65536 bytes");
        assertThat(answer.at("/errors/4/message")).isEqualTo("line: an object is expected");
        assertThat(schedules.find("good-3")).isPresent();
        assertThat(schedules.find("good-2")).isEmpty();
    }

    private static String lines(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> line("p-" + i))
                .collect(Collectors.joining());
    }

    @Test
    void bulkCreatesAHundredThousandProbesAndReplacesThoseThatExist() {
        Answer created = calls.post("/probes/bulk", NDJSON, lines(100_000));
        assertThat(created.text())
                .isEqualTo("{\"created\":100000,\"replaced\":0,\"failed\":0,\"errors\":[]}");
        Answer replaced = calls.post("/probes/bulk", NDJSON, lines(1_500));
        assertThat(replaced.at("/replaced")).isEqualTo("1500");
        assertThat(schedules.find("p-99999")).isPresent();
    }

    @Test
    void bulkAnswersUnsupportedWhenBodyIsNoListOfProbes() {
        assertThat(calls.post("/probes/bulk", "text/csv", line("json")).problem()).isEqualTo("415");
        assertThat(schedules.find("json")).isEmpty();
    }

    @Test
    void linesAreCutWhereverTheBufferEnds() throws IOException {
        String long1 = "a".repeat(BoundedLines.LONGEST_BYTES);
        String tooLong = "b".repeat(3 * BoundedLines.LONGEST_BYTES);
        BoundedLines lines =
                new BoundedLines(
                        new ByteArrayInputStream(
                                (long1 + "\n" + long1 + "\r\n" + long1 + "a\n" + tooLong
                                                + "\n\nend")
                                        .getBytes(StandardCharsets.US_ASCII)));
        assertThat(Objects.requireNonNull(lines.next()).bytes()).hasSize(long1.length());
        assertThat(lines.next().bytes()).hasSize(long1.length());
        assertThat(lines.next().bytes()).isNull();
        assertThat(lines.next().bytes()).isNull();
        assertThat(lines.next().isBlank()).isTrue();
        assertThat(lines.next().bytes()).asString().isEqualTo("end");
        assertThat(lines.next()).isNull();
    }
}
