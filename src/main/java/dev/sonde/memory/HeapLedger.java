package dev.sonde.memory;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/// The shares of the heap by purpose. Safe for any thread.
public final class HeapLedger {

    /// Heap that an idle service uses, in bytes.
    private static final long OWN_BYTES = 48L << 20;

    /// The least heap of which shares are taken, in bytes.
    private static final long LEAST_HEAP = 16L << 20;

    private final Map<String, HeapShare> shares;

    HeapLedger(MemoryProperties properties, long maxHeap) {
        long heap = Math.max(LEAST_HEAP, maxHeap - OWN_BYTES);
        this.shares =
                List.of(
                                new HeapShare("attempts", properties.attempts().of(heap)),
                                new HeapShare("checks", properties.checks().of(heap)),
                                new HeapShare("definitions", properties.definitions().of(heap)),
                                new HeapShare("results", properties.results().of(heap)),
                                new HeapShare("latest", properties.latest().of(heap)),
                                new HeapShare("events", properties.events().of(heap)),
                                new HeapShare("buffer", properties.buffer().of(heap)),
                                new HeapShare("recordings", properties.recordings().of(heap)),
                                new HeapShare("answers", properties.answers().of(heap)))
                        .stream()
                        .collect(
                                Collectors.toUnmodifiableMap(HeapShare::name, Function.identity()));
    }

    /// The shares that a service has by default.
    public static HeapLedger ofUsualShares(long maxHeap) {
        return new HeapLedger(
                new MemoryProperties(
                        part(12), part(15), part(30), part(8), part(5), part(3), part(4), part(5),
                        part(1)),
                maxHeap);
    }

    private static HeapAmount part(int percent) {
        return new HeapAmount(percent, 0);
    }

    /// The share of a name.
    ///
    /// @param name the last word of its property
    /// @throws IllegalArgumentException where there is none of this name
    public HeapShare share(String name) {
        HeapShare share = shares.get(name);
        if (share == null) {
            throw new IllegalArgumentException("no share of the heap has the name " + name);
        }
        return share;
    }

    public Iterable<HeapShare> all() {
        return shares.values();
    }
}
