package dev.sonde.bench;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;

/// What a JVM has used since its start, at one instant.
///
/// @param atNanos the instant, on the caller's ticker
/// @param cpuNanos of the whole process
/// @param allocatedBytes by all its threads, ended ones included
record Usage(long atNanos, long cpuNanos, long allocatedBytes) {

    /// Of this JVM.
    static Usage now() {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        return new Usage(
                System.nanoTime(), ProcessClock.cpuNanos(), threads.getTotalThreadAllocatedBytes());
    }

    /// Of another JVM.
    static Usage of(OperatingSystemMXBean process, ThreadMXBean threads) {
        return new Usage(
                System.nanoTime(),
                process.getProcessCpuTime(),
                threads.getTotalThreadAllocatedBytes());
    }

    Usage since(Usage before) {
        return new Usage(
                atNanos - before.atNanos,
                cpuNanos - before.cpuNanos,
                allocatedBytes - before.allocatedBytes);
    }
}
