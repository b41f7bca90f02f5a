package dev.sonde.cluster.member;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The port for connections of other replicas. Each TLS handshake runs on a thread of its own, so a
/// silent peer delays nobody. A connection is handed out after its handshake.
final class MemberServerSocket extends ServerSocket {

    private static final Logger log = LoggerFactory.getLogger(MemberServerSocket.class);

    /// Strangers that say nothing must not cost a thread each.
    private static final int HANDSHAKES = 64;

    private static final int RETRY_MILLIS = 100;

    private final @Nullable Supplier<SSLContext> tls;
    private final BlockingLimit limit;
    private final Semaphore handshakes = new Semaphore(HANDSHAKES);
    private final CountDownLatch closing = new CountDownLatch(1);

    /// Empty at the end, when the port is closed.
    private final BlockingQueue<Optional<MemberSocket>> ready = new LinkedBlockingQueue<>();
    private final Thread acceptor =
            Thread.ofPlatform().name("cluster-accept").daemon().unstarted(this::acceptAll);

    MemberServerSocket(@Nullable Supplier<SSLContext> tls, BlockingLimit limit) throws IOException {
        this.tls = tls;
        this.limit = limit;
    }

    /// Asked by one thread, again and again.
    @Override
    public Socket accept() throws IOException {
        if (isClosed()) {
            throw new SocketException("the port is closed");
        }
        if (acceptor.getState() == Thread.State.NEW) {
            acceptor.start();
        }
        try {
            return ready.take().orElseThrow(() -> new SocketException("the port is closed"));
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            throw new SocketException("the thread that accepts was interrupted");
        }
    }

    private void acceptAll() {
        try {
            while (!isClosed()) {
                handshakes.acquire();
                MemberSocket socket = new MemberSocket(tls, limit);
                if (isAccepted(socket)) {
                    Thread.ofPlatform()
                            .name("cluster-handshake")
                            .daemon()
                            .start(() -> shakeHands(socket));
                } else {
                    handshakes.release();
                    // Not at once again: there may be no descriptor left.
                    var _ = closing.await(RETRY_MILLIS, TimeUnit.MILLISECONDS);
                }
            }
        } catch (InterruptedException _) {
            // Only the end of the process does that.
        }
    }

    private boolean isAccepted(MemberSocket socket) {
        try {
            implAccept(socket);
            return true;
        } catch (IOException e) {
            log.atDebug().setCause(e).log("a connection of a replica cannot be accepted");
            return false;
        }
    }

    private void shakeHands(MemberSocket socket) {
        try {
            socket.shakeHands(false);
            ready.add(Optional.of(socket));
            if (isClosed()) {
                closeReady();
            }
        } catch (IOException e) {
            log.atWarn()
                    .addKeyValue("from", socket.getInetAddress())
                    .addKeyValue("cause", e.getMessage())
                    .log("a connection to the replicas' port was refused");
            MemberSockets.drop(socket);
        } finally {
            handshakes.release();
        }
    }

    @Override
    public void close() throws IOException {
        super.close();
        closing.countDown();
        closeReady();
    }

    /// Those that nobody will take any more.
    private void closeReady() {
        for (Optional<MemberSocket> left = ready.poll(); left != null; left = ready.poll()) {
            left.ifPresent(MemberSockets::drop);
        }
        ready.add(Optional.empty());
    }
}
