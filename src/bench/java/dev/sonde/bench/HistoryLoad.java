package dev.sonde.bench;

import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// A database of a great many results: what it costs a start, and how soon its history answers.
final class HistoryLoad implements Section {

    private static final String HEAP = "1g";

    /// 8 % of the 57 us that a scheduled run may take.
    private static final double MOST_ROLLUP_MICROS = 4.6;

    private static final int PROBES = 100_000;
    private static final int WITH_ROLLUPS = 1_000;
    private static final int RESULTS = 10_000_000;
    private static final int QUICK_RESULTS = 1_000_000;
    private static final int WARM_UP = 20;
    private static final int ASKED = 21;
    private static final Duration LONGEST = Duration.ofMinutes(5);
    private static final double NANOS_PER_SECOND = 1e9;
    private static final double NANOS_PER_MILLI = 1e6;

    @Override
    public String name() {
        return "history";
    }

    @Override
    public String title() {
        return "History";
    }

    @Override
    public void run(Options options) throws IOException, InterruptedException {
        Table table = new Table("history", "start without", "start with", "stats", "series");
        GoalTable goals = new GoalTable();
        int results = options.quick() ? QUICK_RESULTS : RESULTS;
        double without = emptyStart(options);
        try (DataDirectory data = DataDirectory.create();
                ListenerProcess listener = new ListenerProcess(Place.ANYWHERE, 1)) {
            define(data, listener, options);
            StoredHistory.fill(data.path().resolve("sonde.db"), results, WITH_ROLLUPS);
            try (ServiceProcess service = new ServiceProcess(data.path(), HEAP, options)) {
                double with = service.startNanos() / NANOS_PER_SECOND;
                double stats = ask(service, "/api/v1/stats?window=24h&label=bench%3Dstats");
                double series = ask(service, "/api/v1/probes/p-1/series?from=-24h&step=5m");
                table.row(
                        "%s definitions, %s results"
                                .formatted(Table.number(PROBES), Table.number(results)),
                        "%.1f s".formatted(without),
                        "%.1f s".formatted(with),
                        "%.1f ms".formatted(stats),
                        "%.1f ms".formatted(series));
                goals.atMost("start, s beyond an empty database", 1, with - without);
                goals.atMost("stats of 1,000 probes, ms", 200, stats);
                goals.atMost("series of 24 h, ms", 20, series);
            }
        }
        RollupCost rollups = RollupCost.measure();
        goals.atMost(
                "roll-ups, CPU us of a run at 10 s", MOST_ROLLUP_MICROS, rollups.cpuMicrosEach());
        goals.atMost("roll-ups, bytes a probe and day at 10 s", 1_024, rollups.bytesEachDay());
        System.out.printf(
                "Roll-ups of a probe take %.0f bytes after the first day.%n%n",
                rollups.firstDayBytes());
        System.out.println(table);
        System.out.println(goals);
    }

    private static double emptyStart(Options options) throws IOException, InterruptedException {
        try (DataDirectory data = DataDirectory.create();
                ServiceProcess service = new ServiceProcess(data.path(), HEAP, options)) {
            return service.startNanos() / NANOS_PER_SECOND;
        }
    }

    /// All definitions, and the result of one run, which the others are copied from.
    private static void define(DataDirectory data, ListenerProcess listener, Options options)
            throws IOException, InterruptedException {
        try (ServiceProcess service = new ServiceProcess(data.path(), HEAP, options)) {
            String rare =
                    IntStream.range(0, PROBES)
                            .mapToObj(
                                    i ->
                                            "  p-%d: {target: \"127.0.0.1:%d\", labels: {bench: %s}}\n"
                                                    .formatted(
                                                            i,
                                                            listener.port(),
                                                            i < WITH_ROLLUPS ? "stats" : "rest"))
                            .collect(
                                    Collectors.joining(
                                            "",
                                            "defaults: {probe: {interval: 24h}}\nprobes:\n",
                                            ""));
            put(service, rare);
            HttpRequest seed =
                    HttpRequest.newBuilder(service.at("/api/v1/probes/seed"))
                            .header("Content-Type", "application/json")
                            .PUT(
                                    BodyPublishers.ofString(
                                            "{\"target\": \"127.0.0.1:%d\", \"interval\": \"100ms\"}"
                                                    .formatted(listener.port())))
                            .build();
            require(service.send(seed, BodyHandlers.ofString()));
            HttpRequest seen =
                    HttpRequest.newBuilder(service.at("/api/v1/probes/seed/results?limit=1"))
                            .build();
            while (!service.send(seen, BodyHandlers.ofString()).body().contains("\"id\"")) {
                // The writer's turn comes a few times a second.
                Thread.sleep(100);
            }
        }
    }

    private static void put(ServiceProcess service, String document)
            throws IOException, InterruptedException {
        HttpRequest request =
                HttpRequest.newBuilder(service.at("/api/v1/definitions/bench"))
                        .header("Content-Type", "application/yaml")
                        .timeout(LONGEST)
                        .PUT(BodyPublishers.ofString(document))
                        .build();
        require(service.send(request, BodyHandlers.ofString()));
    }

    /// The median of some requests, in milliseconds, once the code is warm.
    private static double ask(ServiceProcess service, String path)
            throws IOException, InterruptedException {
        HttpRequest request =
                HttpRequest.newBuilder(service.at(path)).timeout(LONGEST).GET().build();
        double[] millis = new double[ASKED];
        for (int i = -WARM_UP; i < ASKED; i++) {
            long startNanos = System.nanoTime();
            HttpResponse<String> response = service.send(request, BodyHandlers.ofString());
            double took = (System.nanoTime() - startNanos) / NANOS_PER_MILLI;
            require(response);
            if (!response.body().contains("\"runs\":")) {
                throw new IOException("no history in " + response.body());
            }
            if (i >= 0) {
                millis[i] = took;
            }
        }
        Arrays.sort(millis);
        return millis[ASKED / 2];
    }

    private static void require(HttpResponse<String> response) throws IOException {
        if (response.statusCode() / 100 != 2) {
            throw new IOException(response.statusCode() + " " + response.body());
        }
    }
}
