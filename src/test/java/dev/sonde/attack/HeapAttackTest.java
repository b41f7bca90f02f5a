package dev.sonde.attack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sonde.lab.OwnThread;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What callers and peers can make the service hold, against a small heap.
@Tag("attack")
class HeapAttackTest {

    @TempDir private Path directory;

    @Test
    void theServiceLivesWhenManyStreamsOfGreatChecksAreNotRead() throws Exception {
        String body = "{\"targets\":[\"127.0.0.0/12:7-8\"]}";
        try (AttackedService service = service("128m")) {
            List<Socket> streams = new ArrayList<>();
            for (int i = 0; i < 64; i++) {
                Socket stream = service.connect();
                streams.add(stream);
                post(stream, "Accept: application/x-ndjson\r\n", body.length(), body);
                service.verifyUnharmed();
            }
            for (Socket stream : streams) {
                stream.close();
            }
            service.verifyUnharmed();
        }
    }

    @Test
    void theServiceLivesWhenManyGreatChecksAreWaitedFor() throws Exception {
        String body = "{\"targets\":[\"127.3.0.0/19:7\"]}";
        try (AttackedService service = service("128m")) {
            CountDownLatch left = new CountDownLatch(200);
            for (int i = 0; i < 200; i++) {
                OwnThread.OF_EACH.execute(
                        () -> {
                            ask(service, body);
                            left.countDown();
                        });
            }
            left.await();
            service.verifyUnharmed();
        }
    }

    @Test
    void theServiceLivesWhenChecksHaveManyTargetsWrittenOut() throws Exception {
        String targets =
                IntStream.range(0, 400_000)
                        .mapToObj(i -> "\"127." + i % 250 + "." + i / 250 % 250 + ".1:7\"")
                        .collect(Collectors.joining(","));
        String body = "{\"targets\":[" + targets + "]}";
        try (AttackedService service = service("256m")) {
            for (int i = 0; i < 12; i++) {
                Socket stream = service.connect();
                post(stream, "Accept: application/x-ndjson\r\n", body.length(), body);
                service.verifyUnharmed();
            }
        }
    }

    @Test
    void theServiceLivesWhenManySayHalfABody() throws Exception {
        List<Socket> halves = new ArrayList<>();
        try (AttackedService service = service("512m")) {
            for (int i = 0; i < 3_500; i++) {
                Socket half = service.connect();
                post(half, "", 5_000, "{");
                halves.add(half);
                if (i % 250 == 0) {
                    service.verifyUnharmed();
                }
            }
            service.verifyUnharmed();
            for (Socket half : halves) {
                half.close();
            }
            service.verifyUnharmed();
        }
    }

    /// A handshake takes tens of milliseconds of either process here, so few are made at once and
    /// each has half a minute: only certificates that were taken fill the heap.
    @Test
    void theServiceLivesWhenAPeerShowsAnotherGreatCertificateEachTime() throws Exception {
        String settings = "\"settings\":{\"timeout\":\"30s\",\"tls\":{\"trust\":\"insecure\"}}}";
        try (ManyNames peer = new ManyNames();
                AttackedService service = service("128m")) {
            for (int i = 0; i < 30; i++) {
                String probe =
                        "{\"target\":\"127.0.1.%d:%d\",\"interval\":\"30s\",%s"
                                .formatted(i, peer.port(), settings);
                String path = "/api/v1/probes/names-" + i;
                assertThat(service.send("PUT", path, "application/json", probe).statusCode())
                        .isEqualTo(201);
            }
            String check =
                    "{\"targets\":[\"127.0.0.0/27:%d\"],\"concurrency\":4,%s"
                            .formatted(peer.port(), settings);
            while (peer.shown() < 2_500) {
                int before = peer.shown();
                ask(service, check);
                assertThat(peer.shown()).as("certificates shown").isGreaterThan(before);
                service.verifyUnharmed();
            }
        }
    }

    @Test
    void theServiceStartsAgainWhenItsDefinitionsAreAllItTakes() throws Exception {
        String label = "x".repeat(60);
        int stored = 0;
        try (AttackedService service = service("128m")) {
            int status = 201;
            while (status == 201 && stored < 4_000) {
                String send = label.repeat(1_000) + stored;
                String probe =
                        "{\"target\":\"127.0.0.1:7\",\"interval\":\"1h\",\"settings\":{\"dialogue\":[{\"send\":\"%s\"},{\"send\":\"%s\"}]}}"
                                .formatted(send, send + "b");
                String path = "/api/v1/probes/great-" + stored;
                status = service.send("PUT", path, "application/json", probe).statusCode();
                stored++;
            }
            assertThat(status).as("the answer to definition %d", stored).isEqualTo(507);
            service.verifyUnharmed();
        }
        try (AttackedService again = service("128m")) {
            again.verifyUnharmed();
            assertThat(again.get("/api/v1/probes/great-" + (stored - 2)).statusCode())
                    .isEqualTo(200);
        }
    }

    private AttackedService service(String heap) throws IOException {
        return new AttackedService(directory.resolve("data"), heap);
    }

    /// Any answer will do, also that there is none.
    private static void ask(AttackedService service, String body) {
        try {
            service.send("POST", "/api/v1/checks?wait=true", "application/json", body);
        } catch (IOException _) {
            // Closed for a newcomer.
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private static void post(Socket socket, String header, int length, String body)
            throws IOException {
        String request =
                "POST /api/v1/checks HTTP/1.1\r\nHost: localhost\r\n"
                        + "Content-Type: application/json\r\n"
                        + header
                        + "Content-Length: "
                        + length
                        + "\r\n\r\n"
                        + body;
        socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
    }
}
