package dev.sonde.bench;

import dev.sonde.bench.Accepting.Treatment;
import java.io.IOException;

/// One acceptor under one treatment: how long it takes until everybody who waited in its accept
/// queue has had an answer.
///
/// The queue is filled while it does not accept, so that the callers' own work is over before the
/// clock starts.
final class AcceptRow implements Contender {

    /// Fits into the longest accept queue that Linux gives by default.
    static final int QUEUE = 4_000;

    /// Filling the queue takes longer than what is measured, so there are fewer than of connects.
    private static final int SHARE = 4;

    private final String label;
    private final Treatment treatment;
    private final AcceptorProcess acceptor;
    private final CallersProcess callers;

    AcceptRow(String label, Treatment treatment, AcceptorProcess acceptor, CallersProcess callers) {
        this.label = label;
        this.treatment = treatment;
        this.acceptor = acceptor;
        this.callers = callers;
    }

    @Override
    public String label() {
        return label;
    }

    @Override
    public int inFlight() {
        return QUEUE;
    }

    @Override
    public Sample measure(int connects) throws IOException {
        long tookNanos = 0;
        Usage before = acceptor.used();
        int done = 0;
        for (; done < connects / SHARE; done += QUEUE) {
            tookNanos += drainOnce();
        }
        Usage used = acceptor.used().since(before);
        return new Sample(done, 0, tookNanos, used.cpuNanos(), used.allocatedBytes(), 0, 0);
    }

    private long drainOnce() throws IOException {
        callers.connect(acceptor.port(), QUEUE);
        if (treatment == Treatment.ECHO) {
            callers.send();
        }
        long startNanos = System.nanoTime();
        acceptor.accept();
        long tookNanos = callers.awaitAnswers() - startNanos;
        callers.drop();
        acceptor.pause();
        return tookNanos;
    }
}
