package dev.sonde.cluster.forward;

import dev.sonde.cluster.Replicas;
import dev.sonde.cluster.forward.ForwardException.Reason;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;

/// Sends requests to the replicas that hold what was asked for. Safe for any thread; callers wait.
///
/// Connections to one replica are bounded. A request waits [#PATIENCE] for one of them. A thread of
/// its own ends the requests whose holder is gone.
final class Forwarder implements AutoCloseable {

    private static final Duration CONNECT = Duration.ofSeconds(2);
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    /// Longer than any wait that a caller can ask for.
    private static final Duration MOST_WAIT = Duration.ofMinutes(5);

    private static final long WATCH_MILLIS = 250;

    private final Replicas replicas;
    private final Supplier<SSLContext> tls;
    private final int connections;
    private final Map<UUID, Semaphore> free = new ConcurrentHashMap<>();
    private final Set<ForwardedExchange> open = ConcurrentHashMap.newKeySet();
    private final LongAdder answered = new LongAdder();
    private final LongAdder gone = new LongAdder();
    private final LongAdder unreachable = new LongAdder();
    private final LongAdder refused = new LongAdder();
    private final ScheduledExecutorService watch =
            Executors.newSingleThreadScheduledExecutor(
                    Thread.ofPlatform().name("forward-watch").daemon().factory());

    private record Client(SSLContext context, HttpClient http) {}

    /// Replaced under this object's lock when the bundle is renewed.
    private volatile Client client;

    /// @param connections to one replica at once
    Forwarder(Replicas replicas, Supplier<SSLContext> tls, int connections) {
        this.replicas = replicas;
        this.tls = tls;
        this.connections = connections;
        this.client = connect(tls.get());
        var _ =
                watch.scheduleWithFixedDelay(
                        this::endLost, WATCH_MILLIS, WATCH_MILLIS, TimeUnit.MILLISECONDS);
    }

    /// Sends a request, and waits until its answer begins.
    ///
    /// @throws InterruptedException when the caller is to stop
    ForwardedAnswer send(Holder holder, ForwardedCall call)
            throws ForwardException, InterruptedException {
        ForwardedExchange exchange = begin(holder, call);
        boolean isAnswered = false;
        try {
            HttpResponse<InputStream> response =
                    exchange.response().get(MOST_WAIT.toMillis(), TimeUnit.MILLISECONDS);
            isAnswered = true;
            answered.increment();
            return new ForwardedAnswer(response, exchange);
        } catch (ExecutionException | CancellationException e) {
            throw lost(holder, e.getCause() == null ? e : e.getCause());
        } catch (TimeoutException e) {
            throw lost(holder, e);
        } finally {
            if (!isAnswered) {
                exchange.abort();
                exchange.close();
            }
        }
    }

    /// Begins a request whose answer is waited for elsewhere.
    ForwardedExchange begin(Holder holder, ForwardedCall call)
            throws ForwardException, InterruptedException {
        if (!isPresent(holder)) {
            throw gone(holder);
        }
        if (holder.forward() == null) {
            throw new ForwardException(
                    Reason.UNREACHABLE,
                    "replica " + holder.name() + " takes no forwarded requests");
        }
        Semaphore permits = free.computeIfAbsent(holder.member(), _ -> new Semaphore(connections));
        if (!permits.tryAcquire(PATIENCE.toNanos(), TimeUnit.NANOSECONDS)) {
            refused.increment();
            throw new ForwardException(
                    Reason.BUSY,
                    "all %d connections to replica %s are in use (sonde.cluster.forward-connections)"
                            .formatted(connections, holder.name()));
        }
        ForwardedExchange[] exchange = new ForwardedExchange[1];
        exchange[0] =
                new ForwardedExchange(
                        holder,
                        client().http()
                                .sendAsync(request(holder, call), BodyHandlers.ofInputStream()),
                        () -> {
                            open.remove(exchange[0]);
                            permits.release();
                        });
        open.add(exchange[0]);
        return exchange[0];
    }

    /// Ends the answers that would go on while the service stops.
    void endStreams() {
        open.stream().filter(ForwardedExchange::isStream).forEach(ForwardedExchange::abort);
    }

    ForwardFigures figures() {
        return new ForwardFigures(
                open.size(), answered.sum(), gone.sum(), unreachable.sum(), refused.sum());
    }

    private static HttpRequest request(Holder holder, ForwardedCall call) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create("https://" + holder.forward() + call.target()))
                        .method(
                                call.method(),
                                !call.body().hasRemaining()
                                        ? BodyPublishers.noBody()
                                        : BodyPublishers.ofByteArray(call.body().array()));
        call.headers().forEach(request::header);
        return request.build();
    }

    private ForwardException lost(Holder holder, Throwable cause) {
        if (!isPresent(holder)) {
            return gone(holder);
        }
        unreachable.increment();
        ForwardException lost =
                new ForwardException(
                        Reason.UNREACHABLE,
                        cause instanceof ConnectException
                                ? "replica " + holder.name() + " cannot be connected to"
                                : "replica " + holder.name() + " did not answer");
        lost.initCause(cause);
        return lost;
    }

    private ForwardException gone(Holder holder) {
        gone.increment();
        return new ForwardException(
                Reason.GONE, "replica " + holder.name() + " is no longer a member");
    }

    /// Called by the watch's thread.
    private void endLost() {
        open.stream().filter(each -> !isPresent(each.holder())).forEach(ForwardedExchange::abort);
        free.keySet().retainAll(replicas.others());
    }

    private boolean isPresent(Holder holder) {
        return replicas.others().contains(holder.member());
    }

    private Client client() {
        Client now = client;
        return now.context().equals(tls.get()) ? now : renew();
    }

    private synchronized Client renew() {
        SSLContext context = tls.get();
        Client before = client;
        if (!before.context().equals(context)) {
            client = connect(context);
            // Requests that it has begun end as usual.
            before.http().shutdown();
        }
        return client;
    }

    private static Client connect(SSLContext context) {
        return new Client(
                context,
                HttpClient.newBuilder()
                        .version(HttpClient.Version.HTTP_1_1)
                        .followRedirects(HttpClient.Redirect.NEVER)
                        .connectTimeout(CONNECT)
                        .executor(Executors.newVirtualThreadPerTaskExecutor())
                        .sslContext(context)
                        .build());
    }

    @Override
    public void close() {
        watch.shutdownNow();
        open.forEach(ForwardedExchange::abort);
        client.http().shutdownNow();
    }
}
