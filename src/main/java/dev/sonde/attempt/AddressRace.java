package dev.sonde.attempt;

import dev.sonde.eventloop.Deadline;
import dev.sonde.eventloop.DeadlineHandler;
import dev.sonde.eventloop.EventLoop;
import dev.sonde.probe.finding.AttemptResult;
import dev.sonde.probe.finding.Outcome;
import dev.sonde.probe.spec.ProbeSettings;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The attempts at several addresses of one name, of which one is enough (RFC 8305 section 5).
/// Single use, confined to its loop's thread.
///
/// The next address is tried when one has failed, and at the latest after the stagger. The first
/// success cancels the attempts beside it. Addresses that were not tried are not in the result. The
/// probe's timeout counts from the first attempt on, for all of them.
final class AddressRace implements DeadlineHandler, ProbeRun.Part {

    /// A shorter attempt says nothing of the address.
    private static final long LEAST_NANOS = 1_000_000;

    private final Start start;
    private final EventLoop loop;
    private final List<InetAddress> addresses;
    private final ProbeSettings settings;
    private final Consumer<List<AttemptResult>> whenDone;
    private final List<ProbeAttempt> started = new ArrayList<>();
    private final List<@Nullable AttemptResult> results = new ArrayList<>();
    private long startedNanos;
    private int running;
    private boolean isDecided;
    private boolean isStarting;
    private @Nullable Deadline next;

    /// The common begin of all attempts.
    ///
    /// @param waited time until the addresses were known
    record Start(EngineLane place, int port, TimesBeforeConnect waited) {}

    AddressRace(
            Start start,
            List<InetAddress> addresses,
            ProbeSettings settings,
            Consumer<List<AttemptResult>> whenDone) {
        this.start = start;
        this.loop = start.place().loop();
        this.addresses = addresses;
        this.settings = settings;
        this.whenDone = whenDone;
    }

    void begin() {
        startedNanos = loop.ticker().read();
        startNext();
    }

    @Override
    public void cancel(String detail) {
        isDecided = true;
        List.copyOf(started).forEach(attempt -> attempt.cancel(detail));
    }

    /// Starts the next address; those that fail at once are followed by their successors.
    private void startNext() {
        if (isStarting) {
            return;
        }
        isStarting = true;
        do {
            start();
        } while (mayStart() && (running == 0 || settings.stagger().isZero()));
        isStarting = false;
        if (running == 0) {
            finish();
        } else if (mayStart()) {
            next = loop.scheduleAt(loop.ticker().read() + settings.stagger().toNanos(), this);
        }
    }

    private void start() {
        int place = started.size();
        long left = Math.max(leftNanos(), LEAST_NANOS);
        ProbeAttempt attempt =
                new ProbeAttempt(
                        start.place(),
                        new InetSocketAddress(addresses.get(place), start.port()),
                        settings.withTimeout(Duration.ofNanos(left)),
                        start.waited(),
                        result -> collect(place, result));
        started.add(attempt);
        results.add(null);
        running++;
        attempt.begin();
    }

    private boolean mayStart() {
        return !isDecided && started.size() < addresses.size() && leftNanos() >= LEAST_NANOS;
    }

    private long leftNanos() {
        return settings.timeout().toNanos() - (loop.ticker().read() - startedNanos);
    }

    private void collect(int place, AttemptResult result) {
        results.set(place, result);
        running--;
        if (!isDecided && result.outcome() instanceof Outcome.Succeeded) {
            cancel("another address of the name answered first");
        } else if (mayStart()) {
            cancelNext();
            startNext();
            return;
        }
        if (running == 0 && !isStarting) {
            finish();
        }
    }

    private void finish() {
        cancelNext();
        if (!results.isEmpty()) {
            List<AttemptResult> all = new ArrayList<>(results.size());
            results.forEach(all::add);
            results.clear();
            whenDone.accept(all);
        }
    }

    private void cancelNext() {
        if (next != null) {
            loop.cancel(next);
            next = null;
        }
    }

    @Override
    public void onDeadline(Deadline passed) {
        next = null;
        if (mayStart()) {
            startNext();
        }
    }

    @Override
    public void onFailure(Exception cause) {
        cancel(cause.toString());
    }

    @Override
    public void onLoopClosed() {
        cancel("the service is shutting down");
    }
}
