package dev.sonde.api.timeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sonde.api.Answer;
import dev.sonde.api.HttpCalls;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;

/// The drawings of real results: each has its verdict, its culprit and the segments that were sent,
/// and nothing is clipped or overlaps, on a phone and on a desk.
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
@Execution(ExecutionMode.SAME_THREAD)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DrawingTest {

    /// A name, what listens (empty: the service itself; with a colon: a target) and the settings.
    private static final List<String> CASES =
            """
            connected        ||
            refused          |127.0.0.1:1|
            half_open        ||"handshake":"half_open"
            timed_out        |"queue_full"|"timeout":"1500ms"
            name_not_found   |nope.invalid:80|
            denied           |169.254.169.254:80|
            echo             |"echo"|"observe":{"send":"hello","for":"10s"}
            tls              |"echo"~"tls":{"certificate":"drawn"}|"tls":{"serverName":"localhost","trust":"authority"},"observe":{"send":"hello","for":"10s"}
            tls_expired      |"echo"~"tls":{"certificate":"drawn","fault":{"type":"expired"}}|"tls":{"serverName":"localhost","trust":"authority"}
            tls_alert        |"echo"~"tls":{"certificate":"drawn","fault":{"type":"alert","alert":"unknown_ca"}}|"tls":{"serverName":"localhost","trust":"authority"}
            dialogue         |"dialogue","steps":[{"send":"220 mx\\r\\n"},{"expect":"STARTTLS\\r\\n","send":"220 go\\r\\n"},{"startTls":true},{"expect":"secret","send":"221"}]~"tls":{"certificate":"drawn"}|"tls":{"serverName":"localhost","trust":"authority"},"dialogue":[{"expect":"^220 mx\\r\\n","send":"STARTTLS\\r\\n"},{"expect":"220 go\\r\\n"},{"startTls":true},{"send":"secret"},{"expect":"^221"}]
            reset            |"reset","after":"1s"|"observe":{"send":"hello","for":"10s"}
            zero_window      |"hold"|"flood":{"bytes":20000000,"stallTimeout":"500ms"},"timeout":"20s"
            half_established |"half_establish"|"observe":{"send":"hello","for":"20s"},"timeout":"30s"
            hold             |"hold"|"hold":{"for":"1500ms","keepalive":{"idle":"1s","interval":"1s","count":3}},"timeout":"20s"
            proxy            |"proxy","to":"TO"|"observe":{"send":"hello","for":"10s"}
            """
                    .lines()
                    .toList();

    @LocalServerPort int port;
    private HttpCalls calls;
    private final Map<String, String> ids = new ConcurrentHashMap<>();

    @BeforeAll
    void check() throws InterruptedException {
        calls = new HttpCalls(port);
        calls.post(
                "/certificates",
                "{\"name\":\"drawn\",\"kind\":\"server\",\"hosts\":[\"localhost\"]}");
        String upstream = open("drawn-upstream", "\"echo\"");
        List<Thread> running =
                CASES.stream()
                        .map(each -> each.replace("TO", upstream).split("\\|", -1))
                        .map(
                                each ->
                                        Thread.ofVirtual()
                                                .start(
                                                        () ->
                                                                check(
                                                                        each[0].strip(),
                                                                        each[1],
                                                                        each[2])))
                        .toList();
        for (Thread thread : running) {
            thread.join();
        }
    }

    @AfterAll
    void close() {
        names().forEach(name -> calls.delete("/listeners/drawn-" + name.replace('_', '-')));
        calls.delete("/certificates/drawn");
        calls.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    connected        | ✓ succeeded: connected                               | connect();SYN;SYN-ACK;ACK;writable;close();FIN                      | RST
                    refused          | ✕ failed: refused, in phase connect;the port         | SYN;RST;ECONNREFUSED                                                | FIN
                    half_open        | ✓ succeeded: connected;half-open: the ACK was withheld | SYN;SYN-ACK;ACK withheld                                            | ACK
                    timed_out        | ✕ failed: timed_out, in phase connect;queue          | SYN;SYN again (1)                                                   | SYN-ACK
                    name_not_found   | ✕ failed: name_not_found, in phase resolve;the name  | name_not_found: no query was sent                                   | name service
                    denied           | ○ not_probed: denied_by_policy;target policy         | waited for its turn;denied by policy: no SYN was sent               | SYN
                    echo             | ✓ succeeded: connected                               | listener;write 5 bytes;5 bytes;5 bytes;read 5 bytes;FIN             | RST
                    tls              | ✓ succeeded: connected                               | ClientHello for localhost;ServerHello, Certificate CN=drawn, Finished;TLS established: TLSv1.3;5 bytes inside TLS;close_notify;FIN | RST
                    tls_expired      | ✕ failed: tls_expired, in phase tls;certificate      | ClientHello for localhost;ServerHello, Certificate CN=drawn (not valid now);fatal alert | Finished
                    tls_alert        | ✕ failed: tls_alert, in phase tls;refuses            | ClientHello for localhost;alert unknown_ca;TLS failed               | ServerHello
                    dialogue         | ✓ succeeded: connected                               | step 1: expect "^220 mx;step 3: start TLS;ClientHello;step 4: send;step 5: expect "^221" | secret
                    reset            | ✕ failed: reset, in phase observe;the peer           | write 5 bytes;RST;ECONNRESET;close(): nothing is sent any more      | FIN
                    zero_window      | ✕ failed: send_stalled_zero_window;does not read     | bytes arrive;ACK, window 0: no room;window probe;the FIN waits behind | FIN
                    half_established | ✕ failed: half_established;packets get lost          | write 5 bytes;a second connect is answered;SYN-ACK again;data again (;FIN                | ACK of the data
                    hold             | ✓ succeeded: connected                               | hold begun;keepalive;ACK of the keepalive;hold ended;FIN            | RST
                    proxy            | ✓ succeeded: connected                               | listener;upstream;connect();connected;first byte;read 5 bytes       | RST
                    """)
    void drawingTellsWhatHappened(String name, String heading, String told, String untold) {
        String drawn = drawing(name, 1_030);
        List<String> texts = DrawnText.of(drawn).stream().map(DrawnText::words).toList();
        String head = String.join(" ", texts.subList(0, 2));
        assertThat(heading.split(";")).allSatisfy(part -> assertThat(head).contains(part));
        assertThat(String.join("\n", texts)).containsSubsequence(told.split(";"));
        assertThat(texts).as(name).doesNotContain(untold);
        assertThat(drawn).doesNotContain("secret");
    }

    @ParameterizedTest
    @ValueSource(ints = {320, 390, 1_030})
    void noTextIsClippedOrOverlapsAtAnyWidth(int width) {
        assertThat(names())
                .allSatisfy(
                        name ->
                                assertThat(DrawnText.faults(drawing(name, width)))
                                        .as(name)
                                        .isEmpty());
    }

    private static Stream<String> names() {
        return CASES.stream().map(each -> each.substring(0, each.indexOf('|')).strip());
    }

    private String drawing(String name, int width) {
        return calls.get("/results/" + ids.get(name) + "/timeline.svg?width=" + width).text();
    }

    private void check(String name, String peer, String settings) {
        String target = peer.isEmpty() ? "127.0.0.1:" + port : peer;
        if (peer.startsWith("\"")) {
            target = open("drawn-" + name.replace('_', '-'), peer);
        }
        Answer answer =
                calls.post(
                        "/checks",
                        "{\"targets\":[\"%s\"],\"settings\":{%s}}".formatted(target, settings));
        ids.put(name, answer.at("/results/0/id"));
    }

    /// @param peer the type and fields of a behaviour, and further fields of the listener
    private String open(String name, String peer) {
        String[] parts = peer.split("~", 2);
        String more = parts.length > 1 ? "," + parts[1] : "";
        Answer opened =
                calls.put(
                        "/listeners/" + name,
                        "{\"bind\":\"127.0.0.1:0\",\"backlog\":4,\"behaviour\":{\"type\":%s}%s}"
                                .formatted(parts[0], more));
        assertThat(opened.status()).as(opened.text()).isEqualTo(201);
        return opened.at("/address");
    }
}
