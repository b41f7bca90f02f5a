package dev.sonde.blackbox.direct;

import dev.sonde.eventloop.EventLoop;
import dev.sonde.eventloop.EventLoopGroup;
import dev.sonde.security.DirectAccess;
import dev.sonde.web.HttpConnection;
import dev.sonde.web.LentSocket;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.function.LongConsumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.context.SmartLifecycle;

/// The connections whose scrapes the event loops answer. Safe for any thread.
///
/// A request on its way through the server takes four hand-overs between threads; here it takes
/// none. A stop of the service waits for the probes whose answers are written here.
public final class DirectScrapes implements SmartLifecycle {

    private final EventLoopGroup loops;
    private final Map<EventLoop, Workplace> places;
    private final ProbeStart start;
    private final LongConsumer times;
    private final boolean isWanted;
    private final AtomicLong answered = new AtomicLong();

    /// Guarded by the object's lock, as the two fields below.
    private int unanswered;

    private boolean isRunning;
    private @Nullable Runnable whenDrained;

    /// The tools that the connections of one loop share.
    static final class Workplace {

        private final Gzip zip = new Gzip();
        private ByteBuffer input = ByteBuffer.allocate(0);

        /// To read into; its content is valid until the loop's next event.
        ByteBuffer input(int bytes) {
            if (input.capacity() != bytes) {
                input = ByteBuffer.allocate(bytes);
            }
            return input.clear();
        }

        Gzip zip() {
            return zip;
        }
    }

    /// No connection at first.
    ///
    /// @param times takes the nanoseconds from a request to the end of its answer
    /// @param isWanted whether the loops answer any
    public DirectScrapes(
            EventLoopGroup loops, ProbeStart start, LongConsumer times, boolean isWanted) {
        this.isWanted = isWanted;
        this.loops = loops;
        this.start = start;
        this.times = times;
        this.places =
                loops.loops().stream()
                        .collect(
                                Collectors.toUnmodifiableMap(
                                        Function.identity(), _ -> new Workplace()));
    }

    /// Answers the next requests of a connection here, if they repeat this one.
    ///
    /// @param timeout the header with the scrape's timeout; absent where the request has none
    /// @param caller the caller's name; absent for one without
    public void follow(
            HttpServletRequest request,
            HttpServletResponse response,
            DirectAccess.Repetition access,
            @Nullable String timeout,
            @Nullable String caller) {
        if (!isWanted || !isRunning()) {
            return;
        }
        HttpConnection connection = HttpConnection.of(request).orElse(null);
        RepeatedHead head = RepeatedHead.of(request, request.getRequestURI());
        AnswerHead answer = AnswerHead.of(response);
        if (connection != null && head != null && answer != null) {
            RepeatedScrape scrape = new RepeatedScrape(head, answer, access, timeout, caller);
            connection.lendTo(socket -> take(socket, scrape));
        }
    }

    private void take(LentSocket socket, RepeatedScrape scrape) {
        EventLoop loop = loops.next();
        Workplace place = Objects.requireNonNull(places.get(loop), "a loop of another group");
        loop.execute(new ScrapeConnection(loop, place, socket, scrape, this));
    }

    /// Requests whose answers were written here, or begun.
    public long answered() {
        return answered.get();
    }

    ProbeStart probes() {
        return start;
    }

    void count() {
        answered.incrementAndGet();
    }

    void record(long nanos) {
        times.accept(nanos);
    }

    /// Counts a request that waits for its answer; false where the service ends.
    synchronized boolean begin() {
        if (isRunning) {
            unanswered++;
        }
        return isRunning;
    }

    void end() {
        Runnable drained;
        synchronized (this) {
            unanswered--;
            drained = unanswered == 0 ? whenDrained : null;
        }
        if (drained != null) {
            drained.run();
        }
    }

    @Override
    public synchronized void start() {
        isRunning = true;
    }

    /// Waits for the answers, as the server does for its own.
    @Override
    public void stop(Runnable whenStopped) {
        boolean isDrained;
        synchronized (this) {
            isRunning = false;
            isDrained = unanswered == 0;
            whenDrained = isDrained ? null : whenStopped;
        }
        if (isDrained) {
            whenStopped.run();
        }
    }

    @Override
    public void stop() {
        stop(() -> {});
    }

    @Override
    public synchronized boolean isRunning() {
        return isRunning;
    }
}
