package dev.sonde.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sonde.lab.DelayLine;
import dev.sonde.lab.Lab;
import dev.sonde.lab.LabRequirement;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/// What the kernel tells of a path that loses or delays packets. Needs root.
@Isolated("measures time")
@SuppressWarnings("NullAway") // a null fails the test
class LabPathTest {

    private static final Duration ONE_WAY = Duration.ofMillis(10);
    private static final int MOST_CONNECTS = 200;
    private static final long LONGEST_MICROS = 21_000;

    private static final String DROP_FIRST_SYNS =
            """
            table ip lab {
              chain input {
                type filter hook input priority 0;
                tcp dport 1 tcp flags & (syn | ack) == syn numgen inc mod 2 < 1 drop
                tcp dport 2 tcp flags & (syn | ack) == syn numgen inc mod 3 < 2 drop
              }
            }
            """;

    private static final String REJECT =
            """
            table ip lab {
              chain input {
                type filter hook input priority 0;
                tcp dport 3 reject with icmp type admin-prohibited
              }
            }
            """;

    private final KernelSockets sockets = new KernelSockets(KernelFeatures.detect());

    @Test
    void lostSynsAreCountedWhenThePathDropsThem() throws IOException {
        try (Lab lab = Lab.open();
                ServerSocketChannel one = lab.listen(Lab.SERVER, 1);
                ServerSocketChannel two = lab.listen(Lab.SERVER, 2);
                SocketChannel first = lab.openClient();
                SocketChannel second = lab.openClient()) {
            lab.server().nft(DROP_FIRST_SYNS);

            start(first, one);
            start(second, two);

            awaitState(first, TcpState.ESTABLISHED);
            assertThat(sockets.connectInfo(first).totalRetrans()).isOne();
            awaitState(second, TcpState.ESTABLISHED);
            assertThat(sockets.connectInfo(second).totalRetrans()).isEqualTo(2);
            assertThat(sockets.connectInfo(second).retransmits()).isZero();
        }
    }

    @Test
    void roundTripIsExactWhenThePathIsLong() throws IOException {
        try (Lab lab = Lab.openUnlinked();
                DelayLine _ = DelayLine.open(lab, ONE_WAY);
                ServerSocketChannel listener = lab.listen(DelayLine.SERVER, 1)) {
            assertThat(shortestRoundTripMicros(lab, listener)).isBetween(20_000L, LONGEST_MICROS);
        }
    }

    @Test
    void pendingErrorIsGoneWhenItWasTakenFromTheQueue() throws IOException {
        LabRequirement.rootWith("nft");
        try (Lab lab = Lab.openUnlinked();
                DelayLine _ = DelayLine.open(lab, ONE_WAY);
                SocketChannel client = lab.openClient()) {
            lab.server().nft(REJECT);
            InetSocketAddress remote = new InetSocketAddress(DelayLine.SERVER, 3);
            sockets.queueErrors(client, remote.getAddress(), true);
            client.configureBlocking(false);
            client.connect(remote);

            awaitState(client, TcpState.CLOSE);
            assertThat(sockets.pollError(client).errno()).isEqualTo(Errno.EHOSTUNREACH);
            assertThat(sockets.pollError(client)).isNull();
            assertThat(sockets.takeError(client)).isEqualTo(Errno.NO_ERROR);
        }
    }

    /// A machine that is busy with something else only ever adds to a round trip.
    private long shortestRoundTripMicros(Lab lab, ServerSocketChannel listener) throws IOException {
        long shortest = Long.MAX_VALUE;
        for (int i = 0; i < MOST_CONNECTS && shortest > LONGEST_MICROS; i++) {
            try (SocketChannel client = lab.openClient()) {
                client.connect(listener.getLocalAddress());
                shortest = Math.min(shortest, sockets.connectInfo(client).rttMicros());
            }
        }
        return shortest;
    }

    private static void start(SocketChannel client, ServerSocketChannel listener)
            throws IOException {
        client.configureBlocking(false);
        client.connect(listener.getLocalAddress());
    }

    private void awaitState(SocketChannel client, TcpState state) {
        await().pollInSameThread()
                .pollInterval(Duration.ofMillis(10))
                .until(() -> sockets.connectInfo(client).state() == state);
    }
}
