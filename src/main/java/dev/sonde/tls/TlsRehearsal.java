package dev.sonde.tls;

import dev.sonde.eventloop.TurnBudget;
import dev.sonde.probe.spec.TlsSettings;
import dev.sonde.probe.spec.TlsTrust;
import dev.sonde.tls.certificate.CertificateMaker;
import dev.sonde.tls.certificate.KeyMaterial;
import dev.sonde.tls.certificate.TrustStore;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ByteChannel;
import java.nio.channels.Pipe;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A handshake of this process with itself. The first user's probe then does not measure the
/// loading of classes and trusted certificates. It blocks; single use.
final class TlsRehearsal implements Runnable {

    private static final Logger log = LoggerFactory.getLogger(TlsRehearsal.class);
    private static final int MOST_TURNS = 20;

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
            log.atDebug().setCause(e).log("the rehearsal of TLS failed");
        }
    }

    /// Whether both ends completed the handshake.
    boolean shakeHands() throws IOException, GeneralSecurityException {
        try (End ours = End.open();
                End theirs = End.open()) {
            TlsSettings anybody =
                    new TlsSettings(null, List.of(), null, null, new TlsTrust.Insecure(), null);
            return areShaken(
                    clients.connect(
                            ours.towards(theirs), TurnBudget.endless(), anybody, "rehearsal", 1),
                    server().accept(theirs.towards(ours), TurnBudget.endless()));
        }
    }

    /// One end of a connection within this process, and the pipe through which it hears. Written
    /// bytes can be read at once, so neither end ever waits.
    private record End(Pipe pipe) implements Closeable {

        static End open() throws IOException {
            Pipe pipe = Pipe.open();
            pipe.source().configureBlocking(false);
            pipe.sink().configureBlocking(false);
            return new End(pipe);
        }

        ByteChannel towards(End other) {
            return new Line(pipe.source(), other.pipe().sink());
        }

        @Override
        public void close() throws IOException {
            pipe.sink().close();
            pipe.source().close();
        }
    }

    /// The channel of one end. [End] closes it.
    private record Line(ReadableByteChannel in, WritableByteChannel out) implements ByteChannel {

        @Override
        public int read(ByteBuffer into) throws IOException {
            return in.read(into);
        }

        @Override
        public int write(ByteBuffer from) throws IOException {
            return out.write(from);
        }

        @Override
        public boolean isOpen() {
            return in.isOpen();
        }

        @Override
        public void close() {
            // Its ends are closed.
        }
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
