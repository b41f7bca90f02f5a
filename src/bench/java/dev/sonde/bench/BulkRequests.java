package dev.sonde.bench;

import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.function.IntFunction;

/// Probes of one listener, over 65,536 of its addresses, created or replaced by bulk requests.
///
/// @param interval as the API takes it
/// @param hosts the host of the target of each probe, by its number
record BulkRequests(
        ServiceProcess service,
        ListenerProcess listener,
        String interval,
        IntFunction<String> hosts) {

    private static final int LINES = 50_000;
    private static final Duration LONGEST = Duration.ofMinutes(2);

    /// Probes of addresses.
    BulkRequests(ServiceProcess service, ListenerProcess listener, String interval) {
        this(service, listener, interval, BulkRequests::address);
    }

    /// One of the listener's addresses.
    static String address(int number) {
        return "127.2." + (number >> 8 & 255) + "." + (number & 255);
    }

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
            lines.append("{\"name\":\"probe-").append(i).append("\",\"target\":\"");
            lines.append(hosts.apply(i)).append(':');
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
