package dev.sonde.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sonde.lab.HalfEstablished;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// A listener that accepts only when it is told to, and clients that queue up.
class AcceptQueueTest {

    private static final int BACKLOG = 2;

    private final KernelSockets sockets = new KernelSockets(KernelFeatures.detect());
    private final List<SocketChannel> clients = new ArrayList<>();
    private ServerSocketChannel listener;

    @BeforeEach
    void listen() throws IOException {
        listener = LoopbackPair.listen(BACKLOG);
    }

    @AfterEach
    void close() throws IOException {
        for (SocketChannel client : clients) {
            client.close();
        }
        listener.close();
    }

    @Test
    void queueIsEmptyWhenNobodyConnected() {
        assertThat(sockets.acceptQueue(listener)).isEqualTo(new AcceptQueue(0, BACKLOG));
        assertThat(sockets.drops(listener)).hasValue(0);
    }

    @Test
    void queueHoldsOneMoreThanTheBacklogWhenFull() throws IOException {
        connect(BACKLOG);
        assertThat(Objects.requireNonNull(sockets.acceptQueue(listener)).isFull()).isFalse();
        connect(1);
        assertThat(sockets.acceptQueue(listener)).isEqualTo(new AcceptQueue(BACKLOG + 1, BACKLOG));
        assertThat(Objects.requireNonNull(sockets.acceptQueue(listener)).isFull()).isTrue();
    }

    @Test
    void queueShrinksWhenTheListenerAccepts() throws IOException {
        connect(BACKLOG);
        listener.accept().close();
        assertThat(Objects.requireNonNull(sockets.acceptQueue(listener)).length())
                .isEqualTo(BACKLOG - 1);
    }

    @Test
    void acceptQueueIsAbsentWhenTheSocketDoesNotListen() throws IOException {
        try (ServerSocketChannel unbound = ServerSocketChannel.open()) {
            assertThat(sockets.acceptQueue(unbound)).isNull();
        }
    }

    @Test
    void lostSynIsCountedOnBothSidesWhenTheQueueOverflows() throws IOException {
        connect(BACKLOG + 1);
        SocketChannel late = LoopbackPair.startConnect(listener.getLocalAddress());
        clients.add(late);
        TcpInfo pending = sockets.connectInfo(late);
        assertThat(Objects.requireNonNull(pending).state()).isEqualTo(TcpState.SYN_SENT);
        assertThat(pending.totalRetrans()).isZero();
        assertThat(pending.rttMicros()).isNull();
        assertThat(pending.unacked()).isOne();

        // The first repetition comes after one second, which no option shortens.
        await().pollInSameThread()
                .atMost(Duration.ofSeconds(5))
                .until(() -> Objects.requireNonNull(sockets.connectInfo(late)).totalRetrans() == 1);
        assertThat(Objects.requireNonNull(sockets.connectInfo(late)).retransmits()).isOne();
        assertThat(sockets.drops(listener).orElseThrow()).isPositive();
    }

    @Test
    void dataStaysUnacknowledgedWhenTheQueueFilledAfterTheHandshake() throws IOException {
        try (HalfEstablished half = HalfEstablished.open()) {
            assertThat(Objects.requireNonNull(sockets.acceptQueue(half.listener())).isFull())
                    .isTrue();
            half.client().write(ByteBuffer.allocate(5));

            await().pollInSameThread()
                    .until(
                            () ->
                                    Objects.requireNonNull(sockets.tcpInfo(half.client()))
                                                    .totalRetrans()
                                            > 0);
            TcpInfo info = sockets.tcpInfo(half.client());
            assertThat(Objects.requireNonNull(info).state()).isEqualTo(TcpState.ESTABLISHED);
            assertThat(info.bytesAcked()).isOne();
            assertThat(sockets.unacknowledgedBytes(half.client())).hasValue(5);
            assertThat(sockets.unsentBytes(half.client())).hasValue(0);
        }
    }

    private void connect(int count) throws IOException {
        for (int i = 0; i < count; i++) {
            clients.add(SocketChannel.open(listener.getLocalAddress()));
        }
    }
}
