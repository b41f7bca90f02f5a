package dev.sonde.bench;

import java.io.IOException;
import java.util.Arrays;

/// [ProbeCallers] in a process of its own.
final class ProbeCallersProcess implements AutoCloseable {

    private final Child child;

    ProbeCallersProcess() throws IOException {
        child =
                new Child(
                        Child.java(
                                "-Xmx256m",
                                "-XX:+UseSerialGC",
                                "-cp",
                                Child.classPath(),
                                ProbeCallers.class.getName()));
        child.await(ProbeCallers.READY);
    }

    /// One round.
    ///
    /// @param probes at most; fewer where its time is over before
    Answers call(int port, int targetPort, int probes, int callers) throws IOException {
        child.send("%d %d %d %d".formatted(port, targetPort, probes, callers));
        long[] v =
                Arrays.stream(child.await(ProbeCallers.DONE).split(" ", -1))
                        .mapToLong(Long::parseLong)
                        .toArray();
        return new Answers(v[0], v[1], v[2]);
    }

    @Override
    public void close() {
        child.close();
    }

    /// @param tookNanos of all together
    record Answers(long succeeded, long failed, long tookNanos) {}
}
