package dev.sonde.listen;

import dev.sonde.eventloop.Command;
import dev.sonde.lane.Lane;
import dev.sonde.listen.engine.ListenEngine;
import dev.sonde.listen.spec.ListenerException;
import dev.sonde.listen.spec.ListenerProblem;
import dev.sonde.listen.spec.ListenerSpec;
import dev.sonde.tls.TlsServer;
import dev.sonde.tls.TlsServerSettings;
import dev.sonde.tls.TlsServers;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/// The certificate of a listener's handshakes, or the reason why it has none: looked up off the
/// loops, used on them. A certificate that is deleted later stays in use until it is looked up
/// again.
final class TlsTerms {

    private final TlsServers servers;
    private final @Nullable TlsServerSettings settings;

    /// Written by the thread that looks it up, before the listener's loop is notified; read by that
    /// loop.
    private volatile Found found = new Found(null, null);

    /// @param server absent where payload goes in clear, or where there is a problem
    private record Found(@Nullable TlsServer server, @Nullable String problem) {}

    private TlsTerms(TlsServers servers, @Nullable TlsServerSettings settings) {
        this.servers = servers;
        this.settings = settings;
    }

    /// Looks the certificate up. May block.
    static TlsTerms of(ListenEngine engine, ListenerSpec spec) {
        TlsTerms terms = new TlsTerms(engine.tls(), spec.tls());
        terms.lookUp();
        return terms;
    }

    /// The server of the handshakes; absent when payload goes in clear.
    ///
    /// @throws ListenerException when the certificate does not exist
    @Nullable TlsServer server() {
        Found now = found;
        if (now.problem() != null) {
            throw new ListenerException(ListenerProblem.NO_CERTIFICATE, now.problem());
        }
        return now.server();
    }

    /// Looks an absent certificate up again.
    ///
    /// @param then run on the loop, which is the caller's own
    void lookAgain(Lane lane, Runnable then) {
        if (found.problem() == null) {
            then.run();
            return;
        }
        try {
            servers.threads()
                    .execute(
                            () -> {
                                lookUp();
                                lane.loop().execute(Command.of(then));
                            });
        } catch (RejectedExecutionException _) {
            // The service is shutting down, and the listener with it.
        }
    }

    private void lookUp() {
        if (settings == null) {
            return;
        }
        try {
            found = new Found(servers.prepare(settings), null);
        } catch (IllegalArgumentException e) {
            found = new Found(null, String.valueOf(e.getMessage()));
        }
    }
}
