package dev.sonde.api.event;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sonde.api.Answer;
import dev.sonde.api.EventReader;
import dev.sonde.api.HttpCalls;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What the event stream tells of listeners.
@SpringBootTest(
        webEnvironment = WebEnvironment.RANDOM_PORT,
        properties = "sonde.events.connections-per-second=4")
class ListenerEventTest {

    private static final String ECHO =
            "{\"bind\":\"127.0.0.1:0\",\"behaviour\":{\"type\":\"echo\"}}";

    private final JsonMapper json = new JsonMapper();
    @LocalServerPort int port;
    private HttpCalls calls;
    private EventReader reader;

    @BeforeEach
    void subscribe() {
        calls = new HttpCalls(port);
        reader = new EventReader(port, "?listener=watched");
    }

    @AfterEach
    void close() {
        calls.delete("/listeners/watched");
        calls.delete("/listeners/other");
        reader.close();
        calls.close();
    }

    @Test
    void everyChangeIsToldWhenAListenerLives() throws IOException {
        calls.put("/listeners/other", ECHO);
        calls.put("/listeners/watched", ECHO);
        JsonNode opened = next("opened");
        assertThat(opened.get("listener").stringValue()).isEqualTo("watched");
        assertThat(opened.get("state").stringValue()).isEqualTo("listening");
        calls.put("/listeners/watched", ECHO.replace("echo", "close"));
        assertThat(next("changed").get("address")).isEqualTo(opened.get("address"));
        calls.post("/listeners/watched/pause", "");
        assertThat(next("paused").get("state").stringValue()).isEqualTo("paused");
        calls.post("/listeners/watched/resume", "");
        next("resumed");
        calls.put("/listeners/watched", ECHO.replace("}}", "},\"ttl\":\"50ms\"}"));
        next("changed");
        assertThat(next("expired").has("address")).isFalse();
        calls.delete("/listeners/watched");
        assertThat(next("deleted").has("state")).isFalse();
    }

    @Test
    void connectionIsToldWhenItComesAndGoes() throws IOException {
        int listening = open(ECHO.replace("}}", "},\"limits\":{\"connections\":1}}"));
        next("opened");
        try (Socket client = new Socket(InetAddress.getLoopbackAddress(), listening)) {
            JsonNode opened = next("connection_opened");
            assertThat(opened.get("remoteAddress").stringValue())
                    .isEqualTo("127.0.0.1:" + client.getLocalPort());
            new Socket(InetAddress.getLoopbackAddress(), listening).close();
            next("connection_rejected");
            client.getOutputStream().write(new byte[3]);
            assertThat(client.getInputStream().readNBytes(3)).hasSize(3);
        }
        JsonNode closed = next("connection_closed");
        assertThat(closed.get("end").stringValue()).isEqualTo("peer_fin");
        assertThat(closed.get("bytesIn").longValue()).isEqualTo(3);
        assertThat(closed.get("bytesOut").longValue()).isEqualTo(3);
    }

    @Test
    void restIsCountedWhenConnectionsAreManyASecond() throws IOException {
        int listening = open(ECHO.replace("echo", "close"));
        next("opened");
        int connections = 100;
        for (int i = 0; i < connections; i++) {
            try (Socket client = new Socket(InetAddress.getLoopbackAddress(), listening)) {
                assertThat(client.getInputStream().read()).isEqualTo(-1);
            }
        }
        calls.delete("/listeners/watched");
        long told = 0;
        long omitted = 0;
        JsonNode event = json.readTree(reader.next().data());
        while (!event.get("event").stringValue().equals("deleted")) {
            told++;
            omitted += event.path("omitted").asLong(0);
            event = json.readTree(reader.next().data());
        }
        omitted += event.path("omitted").asLong(0);
        assertThat(told + omitted).isEqualTo(2L * connections);
        assertThat(omitted).isPositive();
    }

    @Test
    void onlyThatTypeIsToldWhenItIsAskedFor() throws IOException {
        try (EventReader other = new EventReader(port, "?type=listener")) {
            open(ECHO);
            assertThat(other.next().type()).isEqualTo("listener");
        }
    }

    @Test
    void nothingIsToldWhenAListenerCannotBeHad() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Answer answer =
                    calls.put("/listeners/watched", ECHO.replace(":0", ":" + taken.getLocalPort()));
            assertThat(answer.status()).isEqualTo(409);
        }
        open(ECHO);
        next("opened");
    }

    private int open(String body) {
        String address = calls.put("/listeners/watched", body).at("/address");
        return Integer.parseInt(address.substring(address.lastIndexOf(':') + 1));
    }

    /// The next event, which has to be this one.
    private JsonNode next(String event) throws IOException {
        JsonNode told = json.readTree(reader.next().data());
        assertThat(told.get("event").stringValue()).as(told.toString()).isEqualTo(event);
        return told;
    }
}
