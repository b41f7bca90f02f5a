package dev.sonde.cluster;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// The CPU time of some warm replicas, in windows of one interval. The runs of each window are
/// counted in the database at the end.
final class CpuOfRuns {

    /// Two windows that differ by less are those of a warm replica.
    private static final double STEADY = 0.03;

    private static final int MOST_WARM_UP = 20;
    private static final int WINDOWS = 5;
    private static final double MICROS = 1_000.0;

    private final ReplicaLab lab;
    private final List<ReplicaProcess> replicas;
    private final List<Window> windows = new ArrayList<>();
    private int warmUp;

    /// @param nanos by the name of the thread
    private record Window(Instant from, Instant to, Map<String, Long> nanos) {
        long sum() {
            return nanos.values().stream().mapToLong(Long::longValue).sum();
        }
    }

    /// How many runs started between two instants.
    interface RunCount {
        long runs(Instant from, Instant to);
    }

    CpuOfRuns(ReplicaLab lab, List<ReplicaProcess> replicas) {
        this.lab = lab;
        this.replicas = replicas;
    }

    /// Warms the replicas up, and measures.
    CpuOfRuns measure() throws IOException {
        long before = window().sum();
        long now = window().sum();
        warmUp = 2;
        while (Math.abs(now - before) > STEADY * before && warmUp < MOST_WARM_UP) {
            before = now;
            now = window().sum();
            warmUp++;
        }
        for (int i = 0; i < WINDOWS; i++) {
            windows.add(window());
        }
        return this;
    }

    /// The median of the windows, in microseconds a run.
    double median(RunCount ledger) {
        windows.sort(Comparator.comparingDouble(window -> micros(window.sum(), window, ledger)));
        Window median = windows.get(WINDOWS / 2);
        double micros = micros(median.sum(), median, ledger);
        ReplicaLab.tell(
                "CPU a run of %d: %.1f us (%.1f to %.1f, %d windows of warm-up): %s"
                        .formatted(
                                replicas.size(),
                                micros,
                                micros(windows.getFirst().sum(), windows.getFirst(), ledger),
                                micros(windows.getLast().sum(), windows.getLast(), ledger),
                                warmUp,
                                parts(median, ledger)));
        return micros;
    }

    private static double micros(long nanos, Window window, RunCount ledger) {
        return nanos / MICROS / ledger.runs(window.from(), window.to());
    }

    private static String parts(Window window, RunCount ledger) {
        return window.nanos().entrySet().stream()
                .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
                .map(part -> text(part.getKey(), micros(part.getValue(), window, ledger)))
                .filter(text -> !text.endsWith(" 0.0"))
                .collect(Collectors.joining(", "));
    }

    private static String text(String thread, double micros) {
        return "%s %.1f".formatted(thread, micros);
    }

    private Window window() throws IOException {
        Instant from = Instant.now();
        List<ThreadTimes> before = times();
        lab.pause(1);
        List<ThreadTimes> after = times();
        Map<String, Long> nanos = new HashMap<>();
        for (int i = 0; i < after.size(); i++) {
            after.get(i)
                    .since(before.get(i))
                    .forEach((name, part) -> nanos.merge(name, part, Long::sum));
        }
        return new Window(from, Instant.now(), nanos);
    }

    private List<ThreadTimes> times() throws IOException {
        List<ThreadTimes> times = new ArrayList<>();
        for (ReplicaProcess replica : replicas) {
            times.add(replica.cpu());
        }
        return times;
    }
}
