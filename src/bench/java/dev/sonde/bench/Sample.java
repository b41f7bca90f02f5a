package dev.sonde.bench;

import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

/// What one run of one contender came to.
///
/// @param succeeded connects that were made
/// @param failed attempts that ended in any other way
/// @param tookNanos wall time
/// @param cpuNanos of the client's process
/// @param allocatedBytes in the client's JVM
/// @param p50Nanos median of the measured connect time; 0 where it is not known
/// @param p99Nanos its 99th percentile; 0 where it is not known
record Sample(
        long succeeded,
        long failed,
        long tookNanos,
        long cpuNanos,
        long allocatedBytes,
        long p50Nanos,
        long p99Nanos) {

    static Sample of(Usage used, long succeeded, long failed, Latencies latencies) {
        return new Sample(
                succeeded,
                failed,
                used.atNanos(),
                used.cpuNanos(),
                used.allocatedBytes(),
                latencies.quantileNanos(0.5),
                latencies.quantileNanos(0.99));
    }

    double perSecond() {
        return succeeded * 1e9 / tookNanos;
    }

    double cpuMicrosEach() {
        return cpuNanos / 1e3 / attempts();
    }

    double bytesEach() {
        return (double) allocatedBytes / attempts();
    }

    private long attempts() {
        return Math.max(1, succeeded + failed);
    }

    String toLine() {
        return LongStream.of(
                        succeeded, failed, tookNanos, cpuNanos, allocatedBytes, p50Nanos, p99Nanos)
                .mapToObj(Long::toString)
                .collect(Collectors.joining(" "));
    }

    static Sample ofLine(String line) {
        long[] v = Arrays.stream(line.split(" ", -1)).mapToLong(Long::parseLong).toArray();
        return new Sample(v[0], v[1], v[2], v[3], v[4], v[5], v[6]);
    }
}
