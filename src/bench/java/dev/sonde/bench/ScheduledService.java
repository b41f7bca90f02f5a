package dev.sonde.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/// A service of any build with its scheduled probes, which can be paused all at once.
final class ScheduledService implements AutoCloseable {

    static final int SECONDS_BETWEEN_SCRAPES = 5;

    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final int LONGEST_DRAIN_SECONDS = 60;

    private final DataDirectory data;
    private final ServiceProcess process;
    private final Meters first;
    private int probes;
    private Duration created = Duration.ZERO;
    private @Nullable BulkRequests bulk;

    private ScheduledService(DataDirectory data, ServiceProcess process, Meters first) {
        this.data = data;
        this.process = process;
        this.first = first;
    }

    static ScheduledService start(Path jar, Options options, Place place)
            throws IOException, InterruptedException {
        DataDirectory data = DataDirectory.create();
        try {
            ServiceProcess process = new ServiceProcess(jar, data.path(), "1g", options, place);
            return new ScheduledService(data, process, Meters.of(process));
        } catch (IOException | InterruptedException | RuntimeException e) {
            data.close();
            throw e;
        }
    }

    ServiceProcess process() {
        return process;
    }

    /// Creates so many probes of a listener, which run from then on.
    void create(ListenerProcess listener, IntFunction<String> hosts, int number)
            throws IOException, InterruptedException {
        bulk = new BulkRequests(process, listener, ScheduleLoad.INTERVAL, hosts);
        probes = number;
        created = bulk.put(number, false);
    }

    /// Pauses all probes, or has them run again.
    void pause(boolean isPaused) throws IOException, InterruptedException {
        var _ = Objects.requireNonNull(bulk, "no probes").put(probes, isPaused);
    }

    /// So many seconds of the load.
    ///
    /// @param isScraped whether all series are scraped meanwhile
    ScheduleFigures measure(int seconds, boolean isScraped)
            throws IOException, InterruptedException {
        List<Scrape> scrapes = new ArrayList<>();
        HeapWatch heap = new HeapWatch(process);
        Meters before = Meters.of(process);
        Usage used = process.usage();
        long startNanos = System.nanoTime();
        for (int second = 1; second <= seconds; second++) {
            long leftNanos = startNanos + second * SECOND.toNanos() - System.nanoTime();
            // A look each second of the load.
            Thread.sleep(Duration.ofNanos(Math.max(0, leftNanos)));
            heap.look();
            if (isScraped && second % SECONDS_BETWEEN_SCRAPES == 0) {
                scrapes.add(Scrape.of(process));
            }
        }
        return new ScheduleFigures(
                probes,
                created,
                Meters.of(process).since(before),
                process.usage().since(used),
                heap,
                scrapes);
    }

    /// All probes are paused: waits until what has ended is written.
    ///
    /// @return what the meters counted since the start of the service
    Meters drained() throws IOException, InterruptedException {
        Meters meters = Meters.of(process);
        for (int second = 0; second < LONGEST_DRAIN_SECONDS && !isDrained(meters); second++) {
            Thread.sleep(SECOND);
            meters = Meters.of(process);
        }
        return meters.since(first);
    }

    private static boolean isDrained(Meters meters) {
        return meters.sum(Meters.IN_FLIGHT) == 0 && meters.sum(Meters.BUFFERED) == 0;
    }

    @Override
    public void close() {
        process.close();
        data.close();
    }
}
