package dev.sonde.bench;

import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/// Probes of one listener, over 65,536 of its addresses, created or replaced by bulk requests.
///
/// @param interval as the API takes it
record BulkRequests(ServiceProcess service, ListenerProcess listener, String interval) {

    private static final int LINES = 50_000;
    private static final Duration LONGEST = Duration.ofMinutes(2);

    /// Creates or replaces the first so many of them.
    ///
    /// @return how long that took
    Duration put(int probes, boolean paused) throws IOException, InterruptedException {
        long startNanos = System.nanoTime();
        for (int from = 0; from < probes; from += LINES) {
            put(from, Math.min(from + LINES, probes), paused);
        }
        return Duration.ofNanos(System.nanoTime() - startNanos);
    }

    private void put(int from, int to, boolean paused) throws IOException, InterruptedException {
        StringBuilder lines = new StringBuilder();
        for (int i = from; i < to; i++) {
            lines.append("{\"name\":\"probe-").append(i).append("\",\"target\":\"127.2.");
            lines.append(i >> 8 & 255).append('.').append(i & 255).append(':');
            lines.append(listener.port()).append("\",\"interval\":\"").append(interval);
            lines.append("\",\"settings\":{\"timeout\":\"5s\",\"close\":\"rst\"},\"paused\":");
            lines.append(paused).append("}\n");
        }
        HttpRequest request =
                HttpRequest.newBuilder(service.at("/api/v1/probes/bulk"))
                        .header("Content-Type", "application/x-ndjson")
                        .timeout(LONGEST)
                        .POST(BodyPublishers.ofString(lines.toString()))
                        .build();
        HttpResponse<String> response = service.send(request, BodyHandlers.ofString());
        if (response.statusCode() != 200 || !response.body().contains("\"errors\":[]")) {
            throw new IOException(response.statusCode() + " " + response.body());
        }
    }
}
