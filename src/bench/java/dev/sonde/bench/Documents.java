package dev.sonde.bench;

import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// One document of a great many probes: applied, applied again without a change, and emptied.
final class Documents implements Section {

    private static final String HEAP = "1g";
    private static final int PROBES = 100_000;
    private static final int ROUNDS = 5;
    private static final double GOAL_SECONDS = 2;
    private static final Duration LONGEST = Duration.ofMinutes(5);
    private static final double NANOS_PER_SECOND = 1e9;

    @Override
    public String name() {
        return "documents";
    }

    @Override
    public String title() {
        return "Documents of definitions";
    }

    @Override
    public void run(Options options) throws IOException, InterruptedException {
        Table table = new Table("document", "applied", "no-op, first", "no-op, best", "pruned");
        GoalTable goals = new GoalTable();
        String document =
                IntStream.range(0, PROBES)
                        .mapToObj(
                                i ->
                                        "  p-%d: {target: \"10.0.%d.%d:9\", labels: {team: t%d}}\n"
                                                .formatted(i, i >> 8 & 255, i & 255, i % 50))
                        .collect(
                                Collectors.joining(
                                        "", "defaults: {probe: {interval: 24h}}\nprobes:\n", ""));
        try (DataDirectory data = DataDirectory.create();
                ServiceProcess service = new ServiceProcess(data.path(), HEAP, options)) {
            double applied = put(service, document);
            double first = put(service, document);
            double best = first;
            for (int i = 1; i < ROUNDS; i++) {
                best = Math.min(best, put(service, document));
            }
            double pruned = put(service, "{}");
            table.row(
                    Table.number(PROBES) + " probes",
                    seconds(applied),
                    seconds(first),
                    seconds(best),
                    seconds(pruned));
            goals.atMost("no-op apply, s", GOAL_SECONDS, best);
        }
        System.out.println(table);
        System.out.println(goals);
    }

    private static double put(ServiceProcess service, String document)
            throws IOException, InterruptedException {
        HttpRequest request =
                HttpRequest.newBuilder(service.at("/api/v1/definitions/bench"))
                        .header("Content-Type", "application/yaml")
                        .timeout(LONGEST)
                        .PUT(BodyPublishers.ofString(document))
                        .build();
        long startNanos = System.nanoTime();
        HttpResponse<String> response = service.send(request, BodyHandlers.ofString());
        double took = (System.nanoTime() - startNanos) / NANOS_PER_SECOND;
        if (response.statusCode() != 200) {
            throw new IOException(response.statusCode() + " " + response.body());
        }
        return took;
    }

    private static String seconds(double seconds) {
        return "%.1f s".formatted(seconds);
    }
}
