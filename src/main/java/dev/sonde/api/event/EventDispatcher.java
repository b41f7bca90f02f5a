package dev.sonde.api.event;

import dev.sonde.result.Event;
import dev.sonde.result.EventInterest;
import dev.sonde.result.EventLog;
import dev.sonde.result.EventProperties;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/// All subscribers of the event stream, and the one thread that wakes those with something to read.
/// Safe for any thread.
@Component
public final class EventDispatcher implements SmartLifecycle {

    private static final Logger logger = LoggerFactory.getLogger(EventDispatcher.class);
    private static final long PAUSE_MILLIS = 20;
    private static final int READ_AT_ONCE = 4_096;

    private final EventLog log;
    private final EventFrames frames;
    private final Semaphore places;
    private final long heartbeatNanos;
    private final Set<Subscriber> subscribers = ConcurrentHashMap.newKeySet();

    /// Made at each start, ended at each stop; read by the threads that append to the log.
    private volatile @Nullable ScheduledExecutorService thread;

    private final EventDemand demand;
    private final PendingTurn dispatching;
    private final PendingTurn beating;

    /// Written by the thread that starts and stops, read by the threads of subscribers.
    private volatile boolean running;

    /// The dispatcher's thread's own.
    private long next;

    EventDispatcher(EventLog log, EventFrames frames, EventProperties properties) {
        this.log = log;
        this.frames = frames;
        this.places = new Semaphore(properties.subscribers());
        this.heartbeatNanos = properties.heartbeat().toNanos();
        this.demand = new EventDemand(properties.kept());
        this.dispatching =
                new PendingTurn(this::dispatch, TimeUnit.MILLISECONDS.toNanos(PAUSE_MILLIS));
        this.beating = new PendingTurn(this::beat, heartbeatNanos / 4);
        this.next = log.end();
        log.onAppend(this::await);
    }

    /// Takes a place for a subscriber. The caller adds the subscriber or gives the place back.
    boolean takePlace() {
        return running && places.tryAcquire();
    }

    /// Serves a subscriber that has a place, on the thread of its request. Returns when the
    /// subscriber goes away, its time has passed or the service stops.
    void serve(
            OutputStream response,
            EventFilter filter,
            EventStart start,
            @Nullable Duration length) {
        Subscriber subscriber = new Subscriber(filter, log, frames, length);
        subscribers.add(subscriber);
        want();
        beatLater();
        try {
            if (running) {
                subscriber.serve(response, start);
            }
        } catch (IOException _) {
            // The reader has gone: there is nobody left to tell.
        } finally {
            subscribers.remove(subscriber);
            places.release();
        }
    }

    public int subscribers() {
        return subscribers.size();
    }

    /// Called on event loops' threads, for every event. An event that nobody wants wakes nobody.
    private void await(Event event) {
        if (!subscribers.isEmpty() && demand.isDue(event.type())) {
            dispatching.request(thread);
        }
    }

    private void dispatch() {
        dispatching.begin();
        demand.countAnew();
        try {
            for (EventLog.Part part = log.read(next, READ_AT_ONCE);
                    !part.events().isEmpty();
                    part = log.read(next, READ_AT_ONCE)) {
                next = part.nextId();
                for (Subscriber subscriber : subscribers) {
                    subscriber.onEvents(part);
                }
            }
        } catch (RuntimeException e) {
            logger.atError().setCause(e).log("events could not be handed to subscribers");
        }
    }

    /// Asks the other replicas for the events of all subscribers.
    private synchronized void want() {
        demand.set(
                subscribers.stream()
                        .flatMap(subscriber -> subscriber.types().stream())
                        .collect(Collectors.toUnmodifiableSet()));
        log.want(
                subscribers.stream()
                        .map(Subscriber::interest)
                        .reduce(EventInterest.NONE, EventInterest::and));
    }

    /// While there are subscribers, a beat follows the other.
    private void beatLater() {
        if (!subscribers.isEmpty()) {
            beating.request(thread);
        }
    }

    private void beat() {
        // A subscriber that has gone may come back at once, so its interest stays until now.
        want();
        beating.begin();
        dispatch();
        long nowNanos = System.nanoTime();
        for (Subscriber subscriber : subscribers) {
            subscriber.beat(nowNanos, heartbeatNanos);
        }
        beatLater();
    }

    @Override
    public void start() {
        ScheduledExecutorService own =
                Executors.newSingleThreadScheduledExecutor(
                        Thread.ofPlatform().daemon().name("events").factory());
        thread = own;
        dispatching.begin();
        beating.begin();
        running = true;
    }

    @Override
    public void stop() {
        running = false;
        ScheduledExecutorService own = thread;
        if (own != null) {
            own.shutdownNow();
        }
        subscribers.forEach(Subscriber::close);
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    /// Stopped before the web server, which waits for every open request.
    @Override
    public int getPhase() {
        return Integer.MAX_VALUE;
    }
}
