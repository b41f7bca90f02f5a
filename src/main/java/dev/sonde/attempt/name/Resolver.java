package dev.sonde.attempt.name;

import dev.sonde.attempt.admission.FairLine;
import dev.sonde.attempt.admission.Share;
import dev.sonde.eventloop.Ticker;
import dev.sonde.kernel.NameErrorTexts;
import dev.sonde.probe.finding.NotProbedReason;
import dev.sonde.probe.finding.Outcome;
import dev.sonde.probe.spec.Phase;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Looks names up off the loops by the C library (`getaddrinfo`), with bounded threads and a
/// bounded queue. Safe for any thread.
///
/// A look-up that hangs keeps its thread until the name service gives up. Attempts that wait for it
/// have deadlines of their own.
public final class Resolver implements NameResolver {

    /// Turns a name into addresses; may block.
    @FunctionalInterface
    public interface Lookup {
        InetAddress[] addressesOf(String host) throws UnknownHostException;
    }

    private static final Logger log = LoggerFactory.getLogger(Resolver.class);

    private static final long IDLE_THREAD_SECONDS = 30;

    private final SystemLookup lookup;
    private final ThreadPoolExecutor threads;

    /// Guarded by its own lock.
    private final FairLine<LookUp> line;

    public Resolver(Lookup lookup, Ticker ticker, Limits limits) {
        this(lookup, ticker, limits, NameErrorTexts.ofThisProcess());
    }

    /// @param texts of a name service that failed
    public Resolver(Lookup lookup, Ticker ticker, Limits limits, NameErrorTexts texts) {
        this.lookup = new SystemLookup(lookup, ticker, texts);
        this.line =
                new FairLine<>(
                        limits.concurrency(),
                        Math.max(1, limits.queue()),
                        limits.reservedPercent());
        this.threads =
                new ThreadPoolExecutor(
                        limits.concurrency(),
                        limits.concurrency(),
                        IDLE_THREAD_SECONDS,
                        TimeUnit.SECONDS,
                        new LinkedBlockingQueue<>(),
                        Thread.ofPlatform().daemon().name("resolver-", 0).factory());
        threads.allowCoreThreadTimeOut(true);
    }

    /// The limits of look-ups.
    ///
    /// @param concurrency look-ups at once
    /// @param queue names that may wait
    /// @param reservedPercent share of both that checks do not use
    public record Limits(int concurrency, int queue, int reservedPercent) {}

    private enum Entry {
        ADMITTED,
        WAITING,
        REFUSED
    }

    /// One name that is looked up, or waits for that.
    private record LookUp(
            Share share, String host, Runnable whenStarted, Consumer<Resolution> whenDone) {}

    @Override
    public Waiting resolve(
            NameQuestion question, Runnable whenStarted, Consumer<Resolution> whenDone) {
        LookUp wanted = new LookUp(question.share(), question.host(), whenStarted, whenDone);
        switch (admit(wanted)) {
            case ADMITTED -> start(wanted);
            case WAITING -> {
                return () -> leave(wanted);
            }
            case REFUSED -> whenDone.accept(new Resolution.Unresolved(NameResolver.busy(), 0));
        }
        return () -> {};
    }

    private void leave(LookUp wanted) {
        synchronized (line) {
            line.remove(wanted.share(), wanted);
        }
    }

    private Entry admit(LookUp wanted) {
        synchronized (line) {
            if (line.isFree(wanted.share())) {
                line.take(wanted.share());
                return Entry.ADMITTED;
            }
            if (!line.mayWait(wanted.share(), FairLine.Waiting.NOBODY)) {
                return Entry.REFUSED;
            }
            line.add(wanted.share(), wanted);
            return Entry.WAITING;
        }
    }

    private void start(LookUp first) {
        try {
            threads.execute(() -> runAndFollowers(first));
        } catch (RejectedExecutionException _) {
            Outcome cancelled =
                    new Outcome.NotProbed(
                            NotProbedReason.CANCELLED,
                            Phase.RESOLVE,
                            "the service is shutting down");
            first.whenDone().accept(new Resolution.Unresolved(cancelled, 0));
        }
    }

    /// The thread continues with the next waiting name.
    private void runAndFollowers(LookUp first) {
        for (LookUp next = first; next != null; next = replace(next)) {
            try {
                next.whenStarted().run();
                next.whenDone().accept(lookup.lookUp(next.host()));
            } catch (RuntimeException e) {
                log.atError().setCause(e).log("the end of a look-up could not be reported");
            }
        }
    }

    private @Nullable LookUp replace(LookUp ended) {
        synchronized (line) {
            line.release(ended.share());
            LookUp next = line.first();
            if (next != null) {
                line.remove(next.share(), next);
                line.take(next.share());
            }
            return next;
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
