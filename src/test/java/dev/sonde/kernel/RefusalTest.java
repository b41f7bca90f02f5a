package dev.sonde.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/// A connect that a RST refuses, on loopback.
class RefusalTest {

    private final KernelSockets sockets = new KernelSockets(KernelFeatures.detect());

    @Test
    void errorIsTakenOnceWhenRefused() throws IOException {
        try (SocketChannel refused = LoopbackPair.startConnect(LoopbackPair.abandonedAddress())) {
            awaitEnd(refused);

            assertThat(sockets.takeError(refused)).isEqualTo(Errno.ECONNREFUSED);
            assertThat(sockets.takeError(refused)).isEqualTo(Errno.NO_ERROR);
        }
    }

    @Test
    void segmentIsCountedWhenARstRefused() throws IOException {
        try (SocketChannel refused = LoopbackPair.startConnect(LoopbackPair.abandonedAddress())) {
            awaitEnd(refused);

            TcpInfo info = sockets.connectInfo(refused);
            assertThat(Objects.requireNonNull(info).segsIn()).isOne();
            assertThat(info.rttMicros()).isNull();
        }
    }

    @Test
    void errorQueueIsEmptyWhenARstRefused() throws IOException {
        try (SocketChannel refused = SocketChannel.open()) {
            refused.configureBlocking(false);
            assertThat(sockets.queueErrors(refused, InetAddress.getLoopbackAddress(), true))
                    .isTrue();
            refused.connect(LoopbackPair.abandonedAddress());
            awaitEnd(refused);

            assertThat(sockets.pollError(refused)).isNull();
            assertThat(sockets.takeError(refused)).isEqualTo(Errno.ECONNREFUSED);
        }
    }

    private void awaitEnd(SocketChannel channel) {
        await().pollInSameThread()
                .pollDelay(Duration.ZERO)
                .until(
                        () ->
                                Objects.requireNonNull(sockets.connectInfo(channel)).state()
                                        == TcpState.CLOSE);
    }
}
