package dev.sonde.cluster.forward;

import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpResponse;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One forwarded request from its send to the end of its answer's body. Used by the thread of the
/// request, and ended by the watch when its holder is gone.
final class ForwardedExchange implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(ForwardedExchange.class);

    private final Holder holder;
    private final CompletableFuture<HttpResponse<InputStream>> response;
    private final Runnable onClose;
    private final AtomicBoolean isClosed = new AtomicBoolean();

    /// @param onClose gives its connection back
    ForwardedExchange(
            Holder holder,
            CompletableFuture<HttpResponse<InputStream>> response,
            Runnable onClose) {
        this.holder = holder;
        this.response = response;
        this.onClose = onClose;
    }

    Holder holder() {
        return holder;
    }

    CompletableFuture<HttpResponse<InputStream>> response() {
        return response;
    }

    /// Whether its answer goes on until somebody ends it.
    boolean isStream() {
        return response.state() == Future.State.SUCCESS
                && response.resultNow()
                        .headers()
                        .firstValue("Content-Type")
                        .orElse("")
                        .startsWith("text/event-stream");
    }

    /// Ends the wait for the answer, or for more of it.
    void abort() {
        if (response.cancel(true) || response.isCompletedExceptionally()) {
            return;
        }
        try {
            response.join().body().close();
        } catch (IOException e) {
            log.atDebug().setCause(e).log("an answer of a replica was closed already");
        }
    }

    @Override
    public void close() {
        if (isClosed.compareAndSet(false, true)) {
            onClose.run();
        }
    }
}
