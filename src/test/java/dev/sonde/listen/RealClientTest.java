package dev.sonde.listen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.sonde.dialogue.DialogueStep;
import dev.sonde.listen.spec.Behaviour;
import dev.sonde.listen.spec.Fault;
import dev.sonde.listen.spec.FaultDirection;
import dev.sonde.listen.spec.FaultEffect;
import dev.sonde.listen.spec.Sequence;
import dev.sonde.listen.spec.UpstreamFailure;
import dev.sonde.probe.spec.CloseMode;
import dev.sonde.probe.spec.Target;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import org.apache.http.client.methods.CloseableHttpResponse;
import org.apache.http.client.methods.HttpGet;
import org.apache.http.impl.client.CloseableHttpClient;
import org.apache.http.impl.client.DefaultHttpRequestRetryHandler;
import org.apache.http.impl.client.HttpClients;
import org.apache.http.util.EntityUtils;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Retries and timeouts of clients that others wrote, against sequences and a proxy. No test waits
/// for a time of its own.
@SuppressWarnings("NullAway") // a null fails the test
class RealClientTest {

    private static final Behaviour ANSWER =
            new Behaviour.Dialogue(
                    List.of(
                            DialogueStep.expect("GET [^\\r]*\\r\\n(?s:.*?)\\r\\n\\r\\n"),
                            DialogueStep.send("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello")),
                    Behaviour.Dialogue.WITHOUT_END);

    private final ListenerLab lab = new ListenerLab();

    @AfterEach
    void close() throws IOException {
        lab.close();
    }

    private static Sequence after(int times, Behaviour first) {
        return new Sequence(
                List.of(new Sequence.Step(first, times, null), Sequence.Step.last(ANSWER)));
    }

    private static URI uri(InetSocketAddress address) {
        return URI.create("http://127.0.0.1:" + address.getPort() + "/");
    }

    private int connections() {
        return lab.listeners.connections("a").orElseThrow().size();
    }

    @Test
    void apacheClientSucceedsAtItsThirdTryWhenTwoConnectionsAreReset() throws Exception {
        InetSocketAddress address = lab.open(after(2, new Behaviour.Reset(Duration.ZERO)));
        try (CloseableHttpClient http = apache(2);
                CloseableHttpResponse answer = http.execute(new HttpGet(uri(address)))) {
            assertThat(EntityUtils.toString(answer.getEntity())).isEqualTo("hello");
        }
        assertThat(connections()).isEqualTo(3);
    }

    @Test
    void apacheClientGivesUpWhenMoreConnectionsAreResetThanItTries() throws Exception {
        InetSocketAddress address = lab.open(after(3, new Behaviour.Reset(Duration.ZERO)));
        try (CloseableHttpClient http = apache(2)) {
            assertThatExceptionOfType(IOException.class)
                    .isThrownBy(() -> http.execute(new HttpGet(uri(address))));
        }
        assertThat(connections()).isEqualTo(3);
    }

    private static CloseableHttpClient apache(int retries) {
        return HttpClients.custom()
                .setRetryHandler(new DefaultHttpRequestRetryHandler(retries, true))
                .build();
    }

    @Test
    void jdkClientKeepsOneConnectionAndTakesAnotherWhenItIsEnded() throws Exception {
        InetSocketAddress address = lab.open(ANSWER);
        try (HttpClient http = HttpClient.newHttpClient()) {
            for (int i = 0; i < 100; i++) {
                assertThat(get(http, address)).isEqualTo("hello");
            }
            assertThat(connections()).isEqualTo(1);
            lab.listeners.endConnections("a", null, CloseMode.FIN);
            assertThat(get(http, address)).isEqualTo("hello");
        }
        assertThat(connections()).isEqualTo(2);
    }

    @Test
    void jdkClientRepeatsItsRequestWhenTheFirstConnectionClosesWithoutAnAnswer() throws Exception {
        InetSocketAddress address = lab.open(after(1, new Behaviour.Close(Duration.ZERO)));
        try (HttpClient http = HttpClient.newHttpClient()) {
            String answer = null;
            for (int tries = 1; answer == null && tries <= 2; tries++) {
                answer = tried(http, address);
            }
            assertThat(answer).isEqualTo("hello");
        }
        assertThat(connections()).isEqualTo(2);
    }

    /// Null where the connection was lost; some versions of the client repeat the request by
    /// themselves.
    private static String tried(HttpClient http, InetSocketAddress address) throws Exception {
        try {
            return get(http, address);
        } catch (IOException _) {
            return null;
        }
    }

    private static String get(HttpClient http, InetSocketAddress address) throws Exception {
        return http.send(
                        HttpRequest.newBuilder(uri(address))
                                .version(HttpClient.Version.HTTP_1_1)
                                .build(),
                        BodyHandlers.ofString())
                .body();
    }

    @Test
    void postgresDriverMeetsEachFaultWhenItAsksThroughTheProxy() throws Exception {
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start()) {
            InetSocketAddress address = lab.open(proxy(postgres));
            String url = "jdbc:postgresql://127.0.0.1:" + address.getPort() + "/postgres";
            try (Connection connection = DriverManager.getConnection(url, "postgres", "")) {
                set(postgres, new FaultEffect.Latency(Duration.ofMillis(200), Duration.ZERO));
                long startNanos = System.nanoTime();
                assertThat(text(connection, "select 'x'")).isEqualTo("x");
                assertThat(System.nanoTime() - startNanos).isGreaterThanOrEqualTo(200_000_000);
                set(postgres, new FaultEffect.Limit(10_000));
                assertLost(connection, "select repeat('x', 100000)", IOException.class);
            }
            set(postgres);
            try (Connection connection =
                    DriverManager.getConnection(url + "?socketTimeout=1", "postgres", "")) {
                set(postgres, new FaultEffect.Blackhole(Duration.ZERO));
                assertLost(connection, "select 1", SocketTimeoutException.class);
            }
            set(postgres, new FaultEffect.Reset(Duration.ZERO));
            assertThatExceptionOfType(SQLException.class)
                    .isThrownBy(() -> DriverManager.getConnection(url, "postgres", ""))
                    .withRootCauseInstanceOf(SocketException.class);
            set(postgres);
            try (Connection connection = DriverManager.getConnection(url, "postgres", "")) {
                assertThat(text(connection, "select 'healed'")).isEqualTo("healed");
            }
        }
    }

    private static Behaviour.Proxy proxy(EmbeddedPostgres postgres, FaultEffect... effects) {
        return new Behaviour.Proxy(
                new Target("127.0.0.1", postgres.getPort()),
                List.of(effects).stream()
                        .map(each -> new Fault("f", FaultDirection.TO_CLIENT, 1, each))
                        .toList(),
                UpstreamFailure.CLOSE,
                null);
    }

    private void set(EmbeddedPostgres postgres, FaultEffect... effects) {
        lab.listeners.replace(ListenerLab.spec(proxy(postgres, effects)), _ -> {});
    }

    private static String text(Connection connection, String query) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet found = statement.executeQuery(query)) {
            assertThat(found.next()).isTrue();
            return found.getString(1);
        }
    }

    private static void assertLost(
            Connection connection, String query, Class<? extends Throwable> cause) {
        assertThatExceptionOfType(SQLException.class)
                .isThrownBy(() -> text(connection, query))
                .satisfies(e -> assertThat(e.getSQLState()).startsWith("08"))
                .havingRootCause()
                .isInstanceOf(cause);
    }
}
