package dev.sonde;

import com.sun.management.HotSpotDiagnosticMXBean;
import com.sun.management.VMOption;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryUsage;
import java.util.Optional;

/// The return of heap to the system by a small service with SerialGC. Owned by the heap watch's
/// thread.
///
/// SerialGC enlarges its old generation up to the limit of the heap before it collects it. A small
/// service would hold hundreds of megabytes of garbage after some hours. A collection of its 30 MB
/// pauses it for some 100 ms. It is made when there is a quarter as much garbage, every few
/// minutes. The other collectors return heap by themselves, and a large heap would pause for too
/// long.
final class HeapReturn {

    private static final long MEBI = 1_048_576;

    /// The most that is alive in a small service.
    private static final long SMALL_BYTES = 64 * MEBI;

    /// Less garbage is worth no pause.
    private static final long LEAST_GARBAGE_BYTES = 8 * MEBI;

    /// SerialGC's old generation.
    private static final String POOL = "Tenured Gen";

    private static final String LEAST_FREE = "MinHeapFreeRatio";
    private static final String MOST_FREE = "MaxHeapFreeRatio";

    private final MemoryPoolMXBean old;

    private HeapReturn(MemoryPoolMXBean old) {
        this.old = old;
    }

    /// Absent with another collector. With this one a collection leaves a twentieth to a tenth of
    /// the old generation free. The garbage of some minutes enlarges it again in small steps.
    /// Shares on the command line stay. The JVM's own ones are 40 and 70 %.
    static Optional<HeapReturn> begin() {
        Optional<HeapReturn> found =
                ManagementFactory.getMemoryPoolMXBeans().stream()
                        .filter(pool -> pool.getName().equals(POOL))
                        .findFirst()
                        .map(HeapReturn::new);
        HotSpotDiagnosticMXBean jvm =
                ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class);
        if (found.isPresent() && isOwn(jvm, MOST_FREE) && isOwn(jvm, LEAST_FREE)) {
            jvm.setVMOption(LEAST_FREE, "5");
            jvm.setVMOption(MOST_FREE, "10");
        }
        return found;
    }

    private static boolean isOwn(HotSpotDiagnosticMXBean jvm, String option) {
        return jvm.getVMOption(option).getOrigin() == VMOption.Origin.DEFAULT;
    }

    /// Collects the heap where that is worth its pause.
    void look() {
        MemoryUsage afterCollection = old.getCollectionUsage();
        long aliveBytes = afterCollection == null ? 0 : afterCollection.getUsed();
        if (isWorthAPause(old.getUsage().getUsed(), aliveBytes)) {
            System.gc();
        }
    }

    /// @param usedBytes of the old generation
    /// @param aliveBytes after its latest collection; 0 before the first
    static boolean isWorthAPause(long usedBytes, long aliveBytes) {
        long garbageBytes = usedBytes - aliveBytes;
        return usedBytes <= SMALL_BYTES * 3 / 2
                && garbageBytes >= Math.max(LEAST_GARBAGE_BYTES, aliveBytes / 4);
    }
}
