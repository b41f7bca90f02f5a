package dev.sonde.tls;

import dev.sonde.probe.TlsSettings;
import dev.sonde.probe.TlsTrust;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A handshake of this process with itself, so that the first user's probe does not measure the
/// loading of classes and of what this host trusts. It blocks; single use.
final class TlsRehearsal implements Runnable {

    private static final Logger log = LoggerFactory.getLogger(TlsRehearsal.class);
    private static final int MOST_TURNS = 1_000;

    private final TlsClients clients;
    private final Clock clock;

    TlsRehearsal(TlsClients clients, Clock clock) {
        this.clients = clients;
        this.clock = clock;
    }

    @Override
    public void run() {
        try {
            clients.know(new TlsTrust.Host());
            boolean isDone = shakeHands();
            log.atDebug().addKeyValue("done", isDone).log("TLS was rehearsed");
        } catch (IOException | GeneralSecurityException | RuntimeException e) {
            // The service works as well, only its first handshakes are slower.
            log.atDebug().setCause(e).log("no rehearsal of TLS");
        }
    }

    /// Whether both ends came to the end of it.
    boolean shakeHands() throws IOException, GeneralSecurityException {
        InetAddress loopback = InetAddress.getLoopbackAddress();
        try (ServerSocketChannel listener = ServerSocketChannel.open()) {
            listener.bind(new InetSocketAddress(loopback, 0), 1);
            try (SocketChannel ours = SocketChannel.open(listener.getLocalAddress());
                    SocketChannel theirs = listener.accept()) {
                ours.configureBlocking(false);
                theirs.configureBlocking(false);
                return areShaken(connect(ours, loopback.getHostAddress()), server().accept(theirs));
            }
        }
    }

    private TlsConnection connect(SocketChannel channel, String host) {
        TlsSettings anybody =
                new TlsSettings(null, List.of(), null, null, new TlsTrust.Insecure(), null);
        return clients.connect(channel, anybody, host, channel.socket().getPort());
    }

    private TlsServer server() throws GeneralSecurityException, IOException {
        KeyMaterial own = new CertificateMaker().authority(clock.instant());
        return new TlsServer(TlsServerSettings.of("rehearsal"), own, TrustStore.of(own.chain()));
    }

    private static boolean areShaken(TlsConnection one, TlsConnection other) throws IOException {
        boolean isDone = false;
        for (int i = 0; i < MOST_TURNS && !isDone; i++) {
            boolean isOneDone = isShaken(one);
            isDone = isShaken(other) && isOneDone;
            Thread.onSpinWait();
        }
        return isDone;
    }

    private static boolean isShaken(TlsConnection end) throws IOException {
        TlsConnection.Want want = end.handshake();
        while (want == TlsConnection.Want.TASK) {
            end.task().run();
            want = end.handshake();
        }
        return want == TlsConnection.Want.NOTHING;
    }
}
