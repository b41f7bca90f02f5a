package dev.sonde.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/// What the process of `/probe`'s callers runs: so many of them, each with one connection at a
/// time, until a number of probes is asked for or the time of a round is over. Told on standard
/// input what to do; it ends with that.
final class ProbeCallers {

    static final String READY = "probe callers ready";
    static final String DONE = "probe callers done ";

    private static final Duration LONGEST_ROUND = Duration.ofSeconds(1);

    private final int port;
    private final int targetPort;
    private final AtomicInteger remaining;
    private final AtomicInteger failed = new AtomicInteger();
    private final AtomicInteger succeeded = new AtomicInteger();
    private final long startedNanos = System.nanoTime();

    private ProbeCallers(int port, int targetPort, int probes) {
        this.port = port;
        this.targetPort = targetPort;
        this.remaining = new AtomicInteger(probes);
    }

    public static void main(String[] args)
            throws IOException, InterruptedException, ExecutionException {
        System.out.println(READY);
        var commands = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = commands.readLine(); line != null; line = commands.readLine()) {
            String[] words = line.split(" ", -1);
            ProbeCallers round =
                    new ProbeCallers(
                            Integer.parseInt(words[0]),
                            Integer.parseInt(words[1]),
                            Integer.parseInt(words[2]));
            System.out.println(DONE + round.run(Integer.parseInt(words[3])));
        }
    }

    /// @return succeeded, failed, and the nanoseconds that it took
    private String run(int callers) throws InterruptedException, ExecutionException {
        try (ExecutorService threads = Executors.newFixedThreadPool(callers)) {
            List<Future<?>> all = new ArrayList<>();
            for (int i = 0; i < callers; i++) {
                all.add(threads.submit(this::call));
            }
            for (Future<?> one : all) {
                one.get();
            }
        }
        return "%d %d %d"
                .formatted(succeeded.get(), failed.get(), System.nanoTime() - startedNanos);
    }

    private Void call() throws IOException {
        try (ProbeCall call = new ProbeCall(port)) {
            for (int left = remaining.decrementAndGet();
                    left >= 0 && System.nanoTime() - startedNanos < LONGEST_ROUND.toNanos();
                    left = remaining.decrementAndGet()) {
                (call.succeeds(target(left)) ? succeeded : failed).incrementAndGet();
            }
        }
        return null;
    }

    /// One of many addresses, so that no port has to wait for another connection's end.
    private String target(int number) {
        return "127.1.%d.%d:%d".formatted(number >> 8 & 0xff, number & 0xff, targetPort);
    }
}
