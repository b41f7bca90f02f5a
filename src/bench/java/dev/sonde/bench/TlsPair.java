package dev.sonde.bench;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;

/// Two ends that shake hands with each other, again and again.
abstract sealed class TlsPair implements Contender, AutoCloseable
        permits SondeTlsPair, BlockingTlsPair {

    static final int IN_FLIGHT = 16;

    /// A handshake costs some fifty times what a connect does.
    private static final int SHARE = 32;

    private final String label;

    TlsPair(String label) {
        this.label = label;
    }

    @Override
    public final String label() {
        return label;
    }

    @Override
    public final int inFlight() {
        return IN_FLIGHT;
    }

    @Override
    public final Sample measure(int connects) throws InterruptedException {
        int turns = connects / SHARE / IN_FLIGHT;
        AtomicLong failed = new AtomicLong();
        CountDownLatch ended = new CountDownLatch(IN_FLIGHT);
        Usage before = Usage.now();
        for (int i = 0; i < IN_FLIGHT; i++) {
            start(turns, failed, ended);
        }
        ended.await();
        Usage used = Usage.now().since(before);
        long done = (long) turns * IN_FLIGHT - failed.get();
        return new Sample(
                done, failed.get(), used.atNanos(), used.cpuNanos(), used.allocatedBytes(), 0, 0);
    }

    /// Makes connections one after another, off the caller's thread.
    abstract void start(int turns, AtomicLong failed, CountDownLatch ended);

    @Override
    public abstract void close();
}
