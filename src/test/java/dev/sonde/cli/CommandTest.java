package dev.sonde.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sonde.cli.local.CheckCommand;
import dev.sonde.cli.terminal.Terminal;
import dev.sonde.lab.Endpoints;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Document;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Local commands, from their words to their output and exit status.
@SuppressWarnings("NullAway") // a null fails the test
class CommandTest {

    private static final JsonMapper JSON = new JsonMapper();

    private static ServerSocket open;
    private static String up;
    private static String down;

    @BeforeAll
    static void open() throws IOException {
        open = Endpoints.open();
        up = "127.0.0.1:" + open.getLocalPort();
        down = "127.0.0.1:" + Endpoints.freePort();
    }

    @AfterAll
    static void close() throws IOException {
        open.close();
    }

    private static String[] words(String line) {
        return line.replace("UP", up).replace("DOWN", down).split(" ", -1);
    }

    /// Everything else is read by the parser of options.
    @ParameterizedTest
    @ValueSource(strings = {"check", "check -v a:1", "check a:1 -v", "check @file", "sweep a:1"})
    void onlyACheckOfTargetsNeedsNoParser(String line) {
        Terminal terminal =
                Terminal.of(
                        OutputStream.nullOutputStream(), OutputStream.nullOutputStream(), Map.of());
        assertThat(CheckCommand.ofTargets(line.split(" ", -1), terminal)).isNull();
        assertThat(CheckCommand.ofTargets(new String[] {"check", "a:1", "b:2"}, terminal))
                .isNotNull();
    }

    @ParameterizedTest
    @CsvSource({
        "check UP, 0, connected",
        "check DOWN, 1, 'RST: the host is up, nothing listens'",
        "check UP DOWN, 1, refused",
        "check UP nosuch.invalid:1, 1, name not found",
        "check UP 169.254.1.1:1, 2, denied by policy",
        "check DOWN 169.254.1.1:1, 1, denied by policy",
        "check -v UP, 0, phases",
        "check -v localhost:1, 1, '    look-up   /etc/hosts'",
        "check --timeline DOWN, 1, client --> kernel",
        "check --half-open UP, 0, connected",
        "check --settings {\"timeout\":\"3s\"} UP, 0, connected",
        "check -o ndjson UP, 0, '\"summary\":{\"total\":1,\"succeeded\":1'",
        "check -o svg UP, 0, <svg",
        "sweep -o text --all DOWN, 0, '1 of 1 targets'",
        "watch --count 2 --interval 100ms UP, 0, lost SYNs 0 %",
        "token --name ci --role operator, 0, 'role: operator, sha256: '",
        "check --help, 0, 'sonde check --wait 60s db:5432 cache:6379'",
        "--help, 0, sonde sweep 10.0.0.0/28:22",
        "--version, 0, sonde ",
        "completion fish, 0, complete -c sonde -f",
        "man, 0, .SS sonde sweep",
    })
    void outputAndStatusSayWhatIsThere(String line, int status, String expected) {
        CommandRun run = CommandRun.of(words(line));
        assertThat(run.status()).as(run.err()).isEqualTo(status);
        assertThat(run.out()).contains(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "check",
                "check db",
                "check UP http://db:1",
                "check --bogus UP",
                "check --timeout soon UP",
                "check --half-open --tls UP",
                "check --allow 300.0.0.0/8 UP",
                "check -o svg UP DOWN",
                "check -o cbor UP",
                "check --wait soon UP",
                "check --cert a.pem UP",
                "check --tls --trust /nowhere UP",
                "check --send \\q UP",
                "check --settings {] UP",
                "check --settings {\"color\":1} UP",
                "check --module nowhere.yaml:a UP",
                "sweep 10.0.0.0/8:1-65535",
                "watch --interval 1ms UP",
                "listen 127.0.0.1:0 --behaviour nonsense",
                "listen db:9000",
                "status --server nonsense",
                "get nonsense",
                "apply -f /nowhere",
                "token --role king",
                "frobnicate"
            })
    void wrongUsageIsOneSentence(String line) {
        CommandRun run = CommandRun.of(words(line));
        assertThat(run.status()).isEqualTo(64);
        assertThat(run.out()).isEmpty();
        assertThat(run.err().lines()).hasSize(1);
        assertThat(run.err()).startsWith("sonde").doesNotContain("Exception", "dev.sonde");
    }

    @Test
    void missingOptionIsNamed() {
        assertThat(CommandRun.of("apply", "probes.yaml").err()).contains("-f FILE is missing");
    }

    @Test
    void serverThatCannotBeReachedIsOneSentence() {
        CommandRun run = CommandRun.of("status", "--server", "http://" + down);
        assertThat(run.status()).isEqualTo(3);
        assertThat(run.err().lines()).hasSize(1);
        assertThat(run.err()).contains(down + " cannot be reached");
    }

    @Test
    void definitionsOfAnotherToolAreConverted(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("gatus.yaml");
        Files.writeString(
                file,
                "endpoints:\n  - {name: db, url: 'tcp://db.example:5432', interval: 30s,"
                        + " conditions: ['[CONNECTED] == true']}\n");
        CommandRun run = CommandRun.of("convert", "gatus", file.toString());
        assertThat(run.status()).as(run.err()).isZero();
        assertThat(run.out()).contains("probes:", "db.example:5432");
        assertThat(CommandRun.of("convert", "nagios", file.toString()).status()).isEqualTo(64);
    }

    @Test
    void jsonIsOneDocument() {
        JsonNode read = JSON.readTree(CommandRun.of("check", "-o", "json", up, down).out());
        assertThat(read.at("/summary/failed").asInt()).isEqualTo(1);
        assertThat(read.at("/results/1/reason").asString()).isEqualTo("refused");
        assertThat(read.at("/results/0/timelineUrl").isMissingNode()).isTrue();
    }

    @Test
    void junitCountsWhatIsDownAndSkipsWhatWasNotProbed() throws Exception {
        String xml = CommandRun.of("check", "-o", "junit", up, down, "169.254.1.1:1").out();
        Document read =
                DocumentBuilderFactory.newInstance()
                        .newDocumentBuilder()
                        .parse(new ByteArrayInputStream(xml.getBytes(StandardCharsets.UTF_8)));
        assertThat(read.getElementsByTagName("testcase").getLength()).isEqualTo(3);
        assertThat(read.getElementsByTagName("failure").getLength()).isEqualTo(1);
        assertThat(read.getElementsByTagName("skipped").getLength()).isEqualTo(1);
    }

    @Test
    void denyOfTheEnvironmentWinsOverAllow() {
        Map<String, String> deny = Map.of("SONDE_POLICY_TARGETS_DENY", "10.0.0.0/8,127.0.0.0/8");
        CommandRun run = CommandRun.in(deny, "check", "--allow", "127.0.0.1", up);
        assertThat(run.status()).isEqualTo(2);
        assertThat(run.out()).contains("denied by policy");
    }

    @Test
    void allowOpensWhatIsDeniedByDefaultAndClosesNothing() {
        CommandRun run =
                CommandRun.of(
                        "check",
                        "--allow",
                        "169.254.0.0/16",
                        "--timeout",
                        "50ms",
                        "169.254.1.1:1",
                        up);
        assertThat(run.out()).contains("connected").doesNotContain("denied");
    }

    @Test
    void dialogueKeepsTheOrderOfItsOptions() throws IOException {
        try (ServerSocket peer = Endpoints.open()) {
            Thread speaker = Thread.startVirtualThread(() -> greet(peer));
            CommandRun run =
                    CommandRun.of(
                            "check",
                            "--expect",
                            "^220 ",
                            "--send",
                            "QUIT\\r\\n",
                            "--expect",
                            "221 ",
                            "127.0.0.1:" + peer.getLocalPort());
            assertThat(run.out()).contains("connected");
            speaker.interrupt();
        }
    }

    private static void greet(ServerSocket peer) {
        try (var connection = peer.accept()) {
            connection.getOutputStream().write("220 hello\r\n".getBytes(StandardCharsets.US_ASCII));
            String line =
                    new String(
                            connection.getInputStream().readNBytes(6), StandardCharsets.US_ASCII);
            connection.getOutputStream().write(("221 " + line).getBytes(StandardCharsets.US_ASCII));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// The listener is opened by the message that it is missing.
    @Test
    void waitingSaysWhyAndEndsWhenTheTargetIsUp() throws IOException {
        int port = Endpoints.freePort();
        try (Opening opening = new Opening(port)) {
            CommandRun run =
                    CommandRun.in(Map.of(), opening, "check", "--wait", "10m", "127.0.0.1:" + port);
            assertThat(run.status()).isZero();
            assertThat(opening.said).contains("waiting up to 10m", "refused");
        }
    }

    /// A stream of messages that opens a listener at the first one.
    private static final class Opening extends OutputStream {

        private final int port;
        private ServerSocket opened;
        private String said = "";

        Opening(int port) {
            this.port = port;
        }

        @Override
        public void write(int b) {
            said += (char) b;
        }

        @Override
        public void write(byte[] bytes) throws IOException {
            said += new String(bytes, StandardCharsets.UTF_8);
            if (opened == null) {
                opened = Endpoints.open("127.0.0.1", port);
            }
        }

        @Override
        public void close() throws IOException {
            opened.close();
        }
    }

    @Test
    void waitingEndsAtItsDeadlineWithTheLastVerdict() {
        CommandRun run = CommandRun.of("check", "--wait", "300ms", down);
        assertThat(run.status()).isEqualTo(1);
        assertThat(run.out()).contains("refused");
    }

    @Test
    void waitingGivesUpWhatIsDenied() {
        CommandRun run = CommandRun.of("check", "--wait", "1h", up, "169.254.1.1:1");
        assertThat(run.status()).isEqualTo(2);
        assertThat(run.err()).isEmpty();
    }

    @Test
    void closedOutputEndsTheCommandWithOneSentence() {
        OutputStream broken =
                new OutputStream() {
                    @Override
                    public void write(int b) throws IOException {
                        throw new IOException("Broken pipe");
                    }
                };
        OutputStream err = new ByteArrayOutputStream();
        Terminal terminal = Terminal.of(broken, err, Map.of());
        assertThat(Commands.status(new String[] {"check", up}, terminal)).isEqualTo(141);
        assertThat(err.toString().lines()).hasSize(1);
    }
}
