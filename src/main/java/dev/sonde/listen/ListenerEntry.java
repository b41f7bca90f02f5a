package dev.sonde.listen;

import dev.sonde.listen.engine.ListenEngine;
import dev.sonde.listen.engine.LoopAnswers;
import dev.sonde.listen.engine.LoopCall;
import dev.sonde.listen.spec.ListenerException;
import dev.sonde.listen.spec.ListenerStatus;
import dev.sonde.listen.spec.StoredListener;
import java.net.InetSocketAddress;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A listener as [Listeners] knows it: its definition, its connections, and its managed socket.
/// Safe for any thread but an event loop's: calls wait for the loops.
///
/// @param definition as the store has it
/// @param tls the certificate of its handshakes
record ListenerEntry(
        StoredListener definition,
        ListenerConnections book,
        ManagedListener listener,
        TlsTerms tls) {

    private static final Logger log = LoggerFactory.getLogger(ListenerEntry.class);

    /// Opens a listener and waits until its behaviour is in effect.
    ///
    /// @throws ListenerException with nothing left open
    static ListenerEntry open(
            ListenEngine engine, ListenerConnections book, StoredListener wanted) {
        UpstreamRules.require(engine.upstreams(), wanted.spec());
        ListenerEntry opened = idle(engine, book, wanted);
        try {
            opened.await(ManagedListener::open);
        } catch (ListenerException e) {
            opened.close();
            throw e;
        }
        return opened;
    }

    /// Opens a listener that shall exist in any case, now or later.
    static ListenerEntry openOrRetry(
            ListenEngine engine, ListenerConnections book, StoredListener wanted) {
        ListenerEntry opened = idle(engine, book, wanted);
        LoopAnswers.await(opened.on(ManagedListener::openOrRetry));
        return opened;
    }

    private static ListenerEntry idle(
            ListenEngine engine, ListenerConnections book, StoredListener wanted) {
        TlsTerms tls = TlsTerms.of(engine, wanted.spec());
        ManagedListener listener = new ManagedListener(book, engine.lanes().next(), wanted, tls);
        return new ListenerEntry(wanted, book, listener, tls);
    }

    String name() {
        return definition.spec().name();
    }

    /// The same socket under another definition; does not notify the listener.
    ListenerEntry with(StoredListener changed) {
        return new ListenerEntry(changed, book, listener, tls);
    }

    ListenerStatus status() {
        return LoopAnswers.await(ask());
    }

    CompletableFuture<ListenerStatus> ask() {
        return LoopCall.on(listener.lane().loop(), listener::status);
    }

    /// The address on which it listens, while it does.
    @Nullable InetSocketAddress address() {
        return status().address();
    }

    /// Takes over what can change while the socket stays.
    ///
    /// @throws ListenerException when its certificate is not available; then nothing has changed
    ListenerEntry apply(StoredListener changed) {
        UpstreamRules.require(book.engine().upstreams(), changed.spec());
        TlsTerms terms = TlsTerms.of(book.engine(), changed.spec());
        var _ = terms.server();
        return applyAgain(new ListenerEntry(changed, book, listener, terms));
    }

    /// Takes over the definition of `wanted`, which has the same socket.
    ListenerEntry applyAgain(ListenerEntry wanted) {
        await(each -> each.apply(wanted.definition(), wanted.tls()));
        return wanted;
    }

    /// Takes over the definition that another replica has made. One that cannot be opened becomes
    /// `failed` and is retried.
    ListenerEntry followed(StoredListener wanted) {
        if (address() != null && definition.spec().sharesSocketWith(wanted.spec())) {
            try {
                ListenerEntry changed =
                        definition.spec().equals(wanted.spec()) ? with(wanted) : apply(wanted);
                changed.setPaused(wanted.paused());
                return changed;
            } catch (ListenerException e) {
                log.atWarn()
                        .addKeyValue("listener", name())
                        .addKeyValue("cause", e.getMessage())
                        .log(
                                "a change of another replica cannot be applied; the listener is opened anew");
            }
        }
        close();
        return openOrRetry(book.engine(), book, wanted);
    }

    void setPaused(boolean paused) {
        LoopAnswers.await(on(each -> each.setPaused(paused)));
    }

    /// Gives the port back and ends the connections; when this returns, both have happened.
    void close() {
        await(ManagedListener::close);
    }

    void closeQuietly() {
        try {
            close();
        } catch (RuntimeException e) {
            log.atDebug().setCause(e).log("a listener's loop ended before its close");
        }
    }

    private CompletableFuture<Void> on(Consumer<ManagedListener> work) {
        return LoopCall.on(listener.lane().loop(), () -> work.accept(listener));
    }

    /// Starts something on the listener's loop that ends later.
    @SuppressWarnings("FutureReturnValueIgnored") // the inner one is what is waited for
    private void await(Function<ManagedListener, CompletableFuture<Void>> start) {
        LoopAnswers.await(
                LoopCall.on(listener.lane().loop(), () -> start.apply(listener))
                        .thenCompose(Function.identity()));
    }
}
