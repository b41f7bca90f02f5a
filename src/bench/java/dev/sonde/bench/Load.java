package dev.sonde.bench;

import java.io.IOException;

/// One way to connect, in this JVM.
interface Load extends AutoCloseable {

    /// Runs a workload to its end.
    ///
    /// @param latencies where each measured connect time goes
    /// @return attempts that did not succeed
    long run(Workload workload, Latencies latencies) throws IOException, InterruptedException;

    @Override
    default void close() {}

    /// Runs a workload and measures what this JVM used for it.
    default Sample measure(Workload workload) throws IOException, InterruptedException {
        Latencies latencies = new Latencies();
        Usage before = Usage.now();
        long failed = run(workload, latencies);
        Usage used = Usage.now().since(before);
        return Sample.of(used, latencies.count(), failed, latencies);
    }
}
