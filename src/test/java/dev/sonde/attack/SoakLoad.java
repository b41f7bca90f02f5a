package dev.sonde.attack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sonde.lab.OwnThread;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.BooleanSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What the soak does to the service: checks one after the other, and clients of its listeners.
final class SoakLoad {

    private static final Pattern ID = Pattern.compile("^\\{\"id\":\"([^\"]+)\",\"target\"");

    private final AttackedService service;
    private final LongAdder results = new LongAdder();
    private final LongAdder succeeded = new LongAdder();
    private final LongAdder connections = new LongAdder();

    SoakLoad(AttackedService service) {
        this.service = service;
    }

    long results() {
        return results.sum();
    }

    long succeeded() {
        return succeeded.sum();
    }

    long connections() {
        return connections.sum();
    }

    /// Checks of one block, streamed, until it is enough.
    CompletableFuture<Void> check(String targets, BooleanSupplier isEnough) {
        return CompletableFuture.runAsync(
                () -> {
                    while (!isEnough.getAsBoolean()) {
                        check(targets);
                    }
                },
                OwnThread.OF_EACH);
    }

    private void check(String targets) {
        String body = "{\"targets\":[\"%s\"],\"settings\":{\"close\":\"rst\"}}".formatted(targets);
        Set<String> ids = new HashSet<>();
        String last = "";
        try (Stream<String> lines = stream(body)) {
            for (String line : (Iterable<String>) lines::iterator) {
                Matcher id = ID.matcher(line);
                if (id.find()) {
                    assertThat(ids.add(id.group(1))).as("a second time: %s", line).isTrue();
                }
                last = line;
            }
        } catch (IOException e) {
            throw new AssertionError(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
        count(JsonMapper.shared().readTree(last).path("summary"), ids.size(), last);
    }

    private void count(JsonNode summary, int received, String last) {
        assertThat(summary.path("total").asInt()).as(last).isEqualTo(received);
        assertThat(summary.path("notProbed").asInt()).as(last).isZero();
        results.add(received);
        succeeded.add(summary.path("succeeded").asLong());
    }

    private Stream<String> stream(String body) throws IOException, InterruptedException {
        HttpResponse<Stream<String>> answer =
                service.send(
                        service.request("/api/v1/checks")
                                .header("Content-Type", "application/json")
                                .header("Accept", "application/x-ndjson")
                                .POST(BodyPublishers.ofString(body))
                                .build(),
                        BodyHandlers.ofLines());
        assertThat(answer.statusCode()).isEqualTo(200);
        return answer.body();
    }

    /// One client that calls the listeners in turn, until it is enough.
    CompletableFuture<Void> call(List<Integer> ports, BooleanSupplier isEnough) {
        return CompletableFuture.runAsync(
                () -> {
                    for (int i = 0; !isEnough.getAsBoolean(); i++) {
                        call(ports.get(i % ports.size()));
                    }
                },
                OwnThread.OF_EACH);
    }

    private void call(int port) {
        byte[] said = "ten bytes!".getBytes(StandardCharsets.US_ASCII);
        try (Socket socket = new Socket(InetAddress.ofLiteral("127.0.0.1"), port)) {
            socket.setSoTimeout(60_000);
            socket.getOutputStream().write(said);
            assertThat(socket.getInputStream().readNBytes(said.length)).isEqualTo(said);
            socket.setSoLinger(true, 0);
            connections.increment();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
