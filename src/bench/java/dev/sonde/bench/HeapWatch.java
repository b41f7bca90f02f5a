package dev.sonde.bench;

import com.sun.management.GarbageCollectorMXBean;
import com.sun.management.GcInfo;
import java.lang.management.MemoryUsage;
import java.util.Map;

/// The most heap that a service was seen to use, and the most of it that a collection left.
final class HeapWatch {

    private final ServiceProcess service;
    private long mostBytes;
    private long mostAfterBytes;

    HeapWatch(ServiceProcess service) {
        this.service = service;
    }

    void look() {
        mostBytes = Math.max(mostBytes, service.heapBytes());
        for (GarbageCollectorMXBean collector : service.collectors()) {
            GcInfo latest = collector.getLastGcInfo();
            if (latest != null) {
                mostBytes = Math.max(mostBytes, heap(latest.getMemoryUsageBeforeGc()));
                mostAfterBytes = Math.max(mostAfterBytes, heap(latest.getMemoryUsageAfterGc()));
            }
        }
    }

    long mostBytes() {
        return mostBytes;
    }

    long mostAfterBytes() {
        return mostAfterBytes;
    }

    /// The pools of the heap have names of their generations, the others of their contents.
    private static long heap(Map<String, MemoryUsage> pools) {
        return pools.entrySet().stream()
                .filter(pool -> pool.getKey().matches(".*(Eden|Survivor|Old|Tenured|ZGC).*"))
                .mapToLong(pool -> pool.getValue().getUsed())
                .sum();
    }
}
