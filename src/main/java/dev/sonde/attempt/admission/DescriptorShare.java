package dev.sonde.attempt.admission;

import com.sun.management.UnixOperatingSystemMXBean;
import java.lang.management.ManagementFactory;

/// The part of a process's file descriptors that its probes and listeners may hold together.
public final class DescriptorShare {

    /// Descriptors left to everything that is not a probe or a listener, at least.
    private static final long SPARE_DESCRIPTORS = 256;

    private static final long UNKNOWN_LIMIT = 1_024;

    private DescriptorShare() {}

    /// The share of the limit of this process.
    public static int ofProcess() {
        long limit =
                ManagementFactory.getOperatingSystemMXBean()
                                instanceof UnixOperatingSystemMXBean unix
                        ? unix.getMaxFileDescriptorCount()
                        : UNKNOWN_LIMIT;
        return of(limit);
    }

    /// The share of a limit.
    ///
    /// @param limit the process's descriptors
    public static int of(long limit) {
        long spare = Math.max(SPARE_DESCRIPTORS, limit / 8);
        return Math.clamp(limit - spare, 64, 1_000_000);
    }
}
