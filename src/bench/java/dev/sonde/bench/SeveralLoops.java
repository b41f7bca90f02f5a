package dev.sonde.bench;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// Bare loops side by side, each on a thread of its own; they share the connects in flight.
final class SeveralLoops implements Load {

    private final List<BareLoop> loops;
    private final ExecutorService threads;

    SeveralLoops(List<BareLoop> loops) {
        this.loops = loops;
        this.threads = Executors.newFixedThreadPool(loops.size());
    }

    @Override
    public long run(Workload workload, Latencies latencies)
            throws IOException, InterruptedException {
        int number = loops.size();
        Workload each =
                new Workload(
                        workload.connects() / number,
                        workload.inFlight() / number,
                        workload.halfOpen());
        List<Callable<Long>> runs =
                loops.stream()
                        .<Callable<Long>>map(loop -> () -> loop.run(each, latencies))
                        .toList();
        long failed = 0;
        for (Future<Long> run : threads.invokeAll(runs)) {
            failed += failedIn(run);
        }
        return failed;
    }

    private static long failedIn(Future<Long> run) throws IOException, InterruptedException {
        try {
            return run.get();
        } catch (ExecutionException e) {
            throw new IOException("a loop failed", e);
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
