package dev.sonde.blackbox;

import static dev.sonde.lab.TalkingPeer.hear;
import static dev.sonde.lab.TalkingPeer.say;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sonde.lab.TalkingPeer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/// Modules with a `query_response`, those that blackbox_exporter's own example file has and those
/// that use what we add.
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
@Execution(ExecutionMode.SAME_THREAD)
class QueryResponseTest {

    private static final String MODULES =
            """
            modules:
              ssh_banner_extract:
                prober: tcp
                timeout: 5s
                tcp:
                  query_response:
                    - expect: "^SSH-2.0-([^ -]+)(?: (.*))?$"
                      labels: [{name: ssh_version, value: "${1}"}, {name: ssh_comments, value: "${2}"}]
              irc_banner:
                prober: tcp
                timeout: 5s
                tcp:
                  query_response:
                    - send: "NICK prober"
                    - send: "USER prober prober prober :prober"
                    - expect: "PING :([^ ]+)"
                      send: "PONG ${1}"
                    - expect: "^:[^ ]+ 001"
              postgresql:
                prober: tcp
                timeout: 5s
                tcp:
                  query_response:
                    - send: !!binary AAAACATSFi8=
                    - expect_bytes: "S!"
              maybe:
                prober: tcp
                timeout: 5s
                tcp:
                  query_response:
                    - expect: "^go(x*)$"
                      send: "${1}"
                    - send: "end"
              pop3s_banner:
                prober: tcp
                tcp: {tls: true, query_response: [{expect: "^+OK"}]}
              ours:
                prober: tcp
                timeout: 5s
                tcp:
                  query_response:
                    - send: "USER x"
                      skip_newline_on_send: true
                    - send_bytes: "Cg=="
                    - expect: "login: $"
                      reject: "^-ERR"
                      across_lines: true
            """;

    @TempDir static Path directory;

    @LocalServerPort int port;
    private ScrapeCalls calls;

    @DynamicPropertySource
    static void moduleFile(DynamicPropertyRegistry registry) throws IOException {
        Files.writeString(directory.resolve("modules.yaml"), MODULES);
        registry.add("sonde.modules.file", () -> directory.resolve("modules.yaml"));
    }

    @BeforeEach
    void open() {
        calls = new ScrapeCalls(port);
    }

    @AfterEach
    void close() {
        calls.close();
    }

    @Test
    void labelsAreThoseOfTheBannerWhenItFits() throws IOException {
        TalkingPeer.Talk talk = client -> say(client, "hello\r\nSSH-2.0-Open_9.6 \"De\\bian\"\r\n");
        try (TalkingPeer peer = TalkingPeer.start(talk)) {
            Scraped scraped = calls.probe("target", peer.target(), "module", "ssh_banner_extract");
            assertThat(scraped.value("probe_success")).isOne();
            assertThat(
                            scraped.value(
                                    "probe_expect_info{ssh_comments=\"\\\"De\\\\bian\\\"\","
                                            + "ssh_version=\"Open_9.6\"}"))
                    .isOne();
            assertThat(scraped.helps())
                    .containsEntry("probe_expect_info", "Explicit content matched");
            assertThat(scraped.value("probe_failed_due_to_regex")).isZero();
            assertThat(scraped.value("probe_tcp_duration_seconds{phase=\"dialogue\"}"))
                    .isPositive();
            assertThat(scraped.names()).doesNotContain("probe_failed_at_step");
        }
    }

    @Test
    void stepAndReasonAreToldWhenThePeerEndsWithoutTheBanner() throws IOException {
        try (TalkingPeer peer = TalkingPeer.start(client -> say(client, "HTTP/1.1 400\r\n\r\n"))) {
            Scraped scraped = calls.probe("target", peer.target(), "module", "ssh_banner_extract");
            assertThat(scraped.value("probe_success")).isZero();
            assertThat(scraped.value("probe_failed_due_to_regex")).isOne();
            assertThat(scraped.value("probe_failed_due_to_bytes")).isZero();
            assertThat(scraped.value("probe_failed_at_step")).isOne();
            assertThat(
                            scraped.value(
                                    "probe_failure_info{phase=\"dialogue\","
                                            + "reason=\"unexpected_answer\"}"))
                    .isOne();
            assertThat(scraped.names()).doesNotContain("probe_expect_info");
        }
    }

    @Test
    void lateAnswerIsNoMismatchWhenTheTimeoutIsOver() throws IOException {
        try (TalkingPeer peer = TalkingPeer.start(TalkingPeer::hear)) {
            String query =
                    ScrapeCalls.query("target", peer.target(), "module", "ssh_banner_extract");
            Scraped scraped =
                    Scraped.of(
                            calls.get(
                                            "/probe?" + query,
                                            "X-Prometheus-Scrape-Timeout-Seconds",
                                            "0.8")
                                    .body());
            assertThat(scraped.value("probe_failed_due_to_regex")).isZero();
            assertThat(scraped.value("probe_failure_info{phase=\"dialogue\",reason=\"timed_out\"}"))
                    .isOne();
        }
    }

    @Test
    void groupIsSentBackWithANewlineWhenTheModuleAsksForIt() throws IOException {
        TalkingPeer.Talk talk =
                client -> {
                    say(client, hear(client) + "\r\n" + hear(client) + "\r\nPING :77\r\n");
                    say(client, hear(client).equals("PONG 77") ? ":irc 001 hi\r\n" : "no\r\n");
                    hear(client);
                };
        try (TalkingPeer peer = TalkingPeer.start(talk)) {
            Scraped scraped = calls.probe("target", peer.target(), "module", "irc_banner");
            assertThat(scraped.value("probe_success")).isOne();
        }
    }

    /// A newline is added to something, not to nothing.
    @Test
    void nothingIsSentWhenTheGroupIsEmpty() throws IOException {
        List<String> heard = new CopyOnWriteArrayList<>();
        TalkingPeer.Talk talk =
                client -> {
                    say(client, "go\n");
                    heard.add(hear(client));
                };
        try (TalkingPeer peer = TalkingPeer.start(talk)) {
            assertThat(
                            calls.probe("target", peer.target(), "module", "maybe")
                                    .value("probe_success"))
                    .isOne();
            await().untilAsserted(() -> assertThat(heard).containsExactly("end"));
        }
    }

    @Test
    void bytesAreComparedWhenTheyComeInTwoPieces() throws IOException {
        for (String answer : new String[] {"S!", "SN"}) {
            TalkingPeer.Talk talk =
                    client -> {
                        int first = client.getInputStream().readNBytes(9)[3];
                        say(client, first == 8 ? answer.substring(0, 1) : "?");
                        say(client, answer.substring(1));
                        hear(client);
                    };
            try (TalkingPeer peer = TalkingPeer.start(talk)) {
                Scraped scraped = calls.probe("target", peer.target(), "module", "postgresql");
                boolean isGood = answer.equals("S!");
                assertThat(scraped.value("probe_success")).isEqualTo(isGood ? 1 : 0);
                assertThat(scraped.value("probe_failed_due_to_bytes")).isEqualTo(isGood ? 0 : 1);
                assertThat(scraped.value("probe_failed_due_to_regex")).isZero();
            }
        }
    }

    @Test
    void additionsWorkWhenAModuleUsesThem() throws IOException {
        TalkingPeer.Talk prompt =
                client -> {
                    say(client, hear(client).equals("USER x") ? "hi\nlogin: " : "-ERR\n");
                    hear(client);
                };
        try (TalkingPeer peer = TalkingPeer.start(prompt)) {
            assertThat(
                            calls.probe("target", peer.target(), "module", "ours")
                                    .value("probe_success"))
                    .isOne();
        }
        TalkingPeer.Talk refusal =
                client -> {
                    say(client, "-ERR");
                    hear(client);
                    hear(client);
                };
        try (TalkingPeer peer = TalkingPeer.start(refusal)) {
            Scraped scraped = calls.probe("target", peer.target(), "module", "ours");
            assertThat(scraped.value("probe_failed_due_to_regex")).isOne();
            assertThat(scraped.value("probe_failed_at_step")).isEqualTo(3);
            assertThat(
                            scraped.value(
                                    "probe_failure_info{phase=\"dialogue\",reason=\"rejected_answer\"}"))
                    .isOne();
        }
    }
}
