package dev.sonde.bench;

import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Map;
import java.util.TreeMap;

/// What the service's meters that the benchmark needs said at one instant, without the series of
/// its probes.
///
/// @param series their values by name and labels, as the text format writes them
record Meters(Map<String, Double> series) {

    static final String LATENESS = "sonde_schedule_lateness_seconds";
    static final String SKIPPED = "sonde_schedule_skipped_total";
    static final String ATTEMPTS = "sonde_probe_attempts_total";
    static final String WRITTEN = "sonde_results_written_total";
    static final String BUFFERED = "sonde_results_buffered";
    static final String LOST = "sonde_results_lost_total";
    static final String IN_FLIGHT = "sonde_attempts_in_flight";

    /// A counter is asked for by its family's name.
    private static final String QUERY =
            "includedNames="
                    + String.join(
                                    ",", LATENESS, SKIPPED, ATTEMPTS, WRITTEN, BUFFERED, LOST,
                                    IN_FLIGHT)
                            .replace("_total", "");

    static Meters of(ServiceProcess service) throws IOException, InterruptedException {
        HttpRequest request =
                HttpRequest.newBuilder(service.at("/actuator/prometheus?" + QUERY)).build();
        Map<String, Double> series = new TreeMap<>();
        service.send(request, BodyHandlers.ofString())
                .body()
                .lines()
                .filter(line -> !line.startsWith("#"))
                .forEach(
                        line -> {
                            int space = line.lastIndexOf(' ');
                            series.put(
                                    line.substring(0, space),
                                    Double.valueOf(line.substring(space + 1)));
                        });
        return new Meters(series);
    }

    Meters since(Meters before) {
        Map<String, Double> difference = new TreeMap<>();
        series.forEach(
                (name, value) ->
                        difference.put(name, value - before.series.getOrDefault(name, 0.0)));
        return new Meters(difference);
    }

    /// The sum of all series of that name; 0 where there is none.
    long sum(String name) {
        return Math.round(
                series.entrySet().stream()
                        .filter(
                                one ->
                                        one.getKey().equals(name)
                                                || one.getKey().startsWith(name + "{"))
                        .mapToDouble(Map.Entry::getValue)
                        .sum());
    }

    /// The same of those series that have a label, such as `outcome="failed"`.
    long sum(String name, String label) {
        return Math.round(
                series.entrySet().stream()
                        .filter(one -> one.getKey().startsWith(name + "{"))
                        .filter(one -> one.getKey().contains(label))
                        .mapToDouble(Map.Entry::getValue)
                        .sum());
    }

    /// A quantile of a histogram, on a straight line within its bucket; infinite beyond the last.
    double quantileSeconds(String histogram, double quantile) {
        double rank = quantile * sum(histogram + "_count");
        double lower = 0;
        double below = 0;
        for (Map.Entry<Double, Double> bucket : buckets(histogram).entrySet()) {
            double upper = bucket.getKey();
            double count = bucket.getValue();
            if (count >= rank && count > below) {
                return Double.isInfinite(upper)
                        ? upper
                        : lower + (upper - lower) * (rank - below) / (count - below);
            }
            lower = upper;
            below = count;
        }
        return Double.NaN;
    }

    private Map<Double, Double> buckets(String histogram) {
        String beginning = histogram + "_bucket{le=\"";
        Map<Double, Double> buckets = new TreeMap<>();
        series.forEach(
                (name, count) -> {
                    if (name.startsWith(beginning)) {
                        String bound = name.substring(beginning.length(), name.length() - 2);
                        buckets.put(
                                bound.equals("+Inf")
                                        ? Double.POSITIVE_INFINITY
                                        : Double.parseDouble(bound),
                                count);
                    }
                });
        return buckets;
    }
}
