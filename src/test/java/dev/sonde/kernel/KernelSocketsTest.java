package dev.sonde.kernel;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.awaitility.Awaitility.await;

import com.sun.management.ThreadMXBean;
import dev.sonde.lab.OwnThread;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// One established connection on loopback, without any privilege.
@SuppressWarnings("NullAway") // a null fails the test
class KernelSocketsTest {

    private final KernelSockets sockets = new KernelSockets(KernelFeatures.detect());
    private LoopbackPair pair;

    @BeforeEach
    void connect() throws IOException {
        pair = LoopbackPair.open();
    }

    @AfterEach
    void close() throws IOException {
        pair.close();
    }

    @Test
    void tcpInfoTellsTheHandshakeWhenConnected() {
        TcpInfo info = sockets.tcpInfo(pair.client());

        assertThat(info.state()).isEqualTo(TcpState.ESTABLISHED);
        assertThat(info.rttMicros()).isPositive().isEqualTo(info.minRttMicros());
        assertThat(info.totalRetrans()).isZero();
        assertThat(info.bytesAcked()).isOne();
        assertThat(info.segsIn()).isOne();
        assertThat(info.segsOut()).isEqualTo(2);
        assertThat(info.pmtu()).isGreaterThan(info.sndMss());
        assertThat(info.options()).contains(TcpOption.SACK, TcpOption.WINDOW_SCALE);
    }

    @Test
    void connectionWithoutAChannelKnowsItsEndsWhenTheListenerIsOnAllAddresses() throws IOException {
        ServerSocketChannel listener = ServerSocketChannel.open().bind(new InetSocketAddress(0), 1);
        InetSocketAddress all = (InetSocketAddress) listener.getLocalAddress();
        InetSocketAddress one = new InetSocketAddress("127.0.0.2", all.getPort());
        try (listener;
                SocketChannel client = SocketChannel.open(one)) {
            DirectSocket accepted = sockets.direct().accept(listener, all);
            boolean isSilent = accepted.isSilent();
            accepted.close(false);

            assertThat(isSilent).isTrue();
            assertThat(accepted.remote()).isEqualTo(client.getLocalAddress());
            assertThat(accepted.local()).isEqualTo(one);
            assertThat(client.read(ByteBuffer.allocate(1))).isEqualTo(-1);
            listener.configureBlocking(false);
            assertThat(sockets.direct().accept(listener, all)).isNull();
        }
    }

    @Test
    void connectInfoLeavesLaterFieldsAbsentWhenTheyWereNotAskedFor() {
        TcpInfo info = sockets.connectInfo(pair.client());

        assertThat(info.minRttMicros()).isPositive();
        assertThat(info.busyTimeMicros()).isNull();
        assertThat(info.sndWnd()).isNull();
    }

    @Test
    void tcpInfoLeavesNewerFieldsAbsentWhenTheKernelGivesLess() {
        TcpInfo info = sockets.tcpInfo(pair.client(), TcpInfo.OLDEST_BYTES);

        assertThat(info.rttMicros()).isPositive();
        assertThat(info.bytesAcked()).isNull();
        assertThat(info.segsIn()).isNull();
        assertThat(info.minRttMicros()).isNull();
        assertThat(sockets.tcpInfo(pair.client(), TcpInfo.OLDEST_BYTES - 1)).isNull();
    }

    @Test
    void tcpInfoHasNoRoundTripWhenNothingWasConnected() throws IOException {
        try (SocketChannel unconnected = SocketChannel.open()) {
            TcpInfo info = sockets.tcpInfo(unconnected);

            assertThat(info.state()).isEqualTo(TcpState.CLOSE);
            assertThat(info.rttMicros()).isNull();
            assertThat(info.rttvarMicros()).isNull();
            assertThat(info.minRttMicros()).isNull();
        }
    }

    @Test
    void bytesPileUpWhenThePeerDoesNotRead() throws IOException {
        pair.client().configureBlocking(false);
        patiently().until(() -> pair.client().write(ByteBuffer.allocate(4_096)) == 0);
        patiently().until(() -> sockets.tcpInfo(pair.client()).unacked() == 0);

        int unsent = sockets.unsentBytes(pair.client()).orElseThrow();
        TcpInfo info = sockets.tcpInfo(pair.client());
        assertThat(unsent).isPositive();
        assertThat(sockets.unacknowledgedBytes(pair.client())).hasValue(unsent);
        assertThat(info.notSent()).isEqualTo(unsent);
        assertThat(info.rwndLimitedMicros()).isPositive();
        assertThat(info.lost()).isZero();
    }

    @Test
    void connectionIsSilentUntilThePeerSendsOrCloses() throws IOException {
        assertThat(sockets.isSilent(pair.client())).isTrue();
        pair.accepted().write(ByteBuffer.allocate(1));
        patiently().until(() -> !sockets.isSilent(pair.client()));

        assertThat(pair.client().read(ByteBuffer.allocate(2))).isOne();
        assertThat(sockets.isSilent(pair.client())).isTrue();
        pair.accepted().close();
        patiently().until(() -> !sockets.isSilent(pair.client()));
    }

    @Test
    void acceptedConnectionsSendAtOnceAsTheirListenerDoes() throws IOException {
        assertThat(sockets.sendAtOnce(pair.listener())).isTrue();
        try (SocketChannel _ = SocketChannel.open(pair.listener().getLocalAddress());
                SocketChannel accepted = pair.listener().accept()) {
            assertThat(accepted.getOption(StandardSocketOptions.TCP_NODELAY)).isTrue();
        }
    }

    @Test
    void closeSendsARstWhereThatIsAskedFor() throws IOException {
        assertThat(sockets.resetOnClose(pair.client())).isTrue();
        pair.client().close();

        assertThatIOException().isThrownBy(() -> pair.accepted().read(ByteBuffer.allocate(1)));
    }

    @Test
    void localAddressIsTheOneThatTheJdkReads() throws IOException {
        for (int i = 0; i < 2; i++) {
            assertThat(sockets.localAddress(pair.client()))
                    .isEqualTo(pair.client().getLocalAddress());
        }
    }

    @Test
    void noErrorIsPendingWhenAllIsWell() {
        assertThat(sockets.takeError(pair.client())).isEqualTo(Errno.NO_ERROR);
        assertThat(sockets.pollError(pair.client())).isNull();
    }

    @Test
    void timeoutsAreSetWhenTheyAreInRange() {
        assertThat(sockets.setUserTimeout(pair.client(), Duration.ofSeconds(3))).isTrue();
        assertThat(sockets.setUserTimeout(pair.listener(), Duration.ofSeconds(3))).isTrue();
        assertThat(sockets.setSynRetries(pair.client(), 2)).isTrue();

        assertThat(option(SocketOption.TCP_USER_TIMEOUT)).isEqualTo(3_000);
        assertThat(option(SocketOption.TCP_SYNCNT)).isEqualTo(2);
    }

    @Test
    void timeoutsAreRefusedWhenTheyAreOutOfRange() {
        assertThat(sockets.setUserTimeout(pair.client(), Duration.ofSeconds(-1))).isFalse();
        assertThat(sockets.setSynRetries(pair.client(), 128)).isFalse();
    }

    @Test
    void everyAnswerIsAbsentWhenTheChannelIsClosed() throws IOException {
        pair.client().close();
        pair.listener().close();
        try (LoopbackPair heirs = LoopbackPair.open()) { // they get the numbers that are free now
            assertThat(sockets.tcpInfo(heirs.client())).isNotNull();
            assertThatNothingIsKnown(sockets, pair.client(), pair.listener());
        }
    }

    @Test
    void everyAnswerIsAbsentWhenTheHostGivesNothing() {
        KernelSockets none = new KernelSockets(KernelFeatures.none("switched off"));

        assertThatNothingIsKnown(none, pair.client(), pair.listener());
    }

    @Test
    void oneAnswerIsAbsentWhenTheHostLacksOneFeature() {
        KernelSockets partial =
                new KernelSockets(new KernelFeatures(Map.of(KernelFeature.TCP_INFO, "a sandbox")));

        assertThat(partial.tcpInfo(pair.client())).isNull();
        assertThat(partial.takeError(pair.client())).isEqualTo(Errno.NO_ERROR);
        assertThat(partial.acceptQueue(pair.listener())).isEqualTo(new AcceptQueue(0, 1));
    }

    @Test
    void callIsRefusedWhenAnotherThreadMakesIt() {
        sockets.tcpInfo(pair.client());

        CompletableFuture<Void> stranger =
                CompletableFuture.runAsync(
                        () ->
                                assertThatIllegalStateException()
                                        .isThrownBy(() -> sockets.tcpInfo(pair.client())),
                        OwnThread.OF_EACH);
        assertThat(stranger).succeedsWithin(Duration.ofSeconds(5));
    }

    @Test
    void evidenceStaysWithinItsBudgetWhenWarm() {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        int rounds = 20_000;
        readEvidence(rounds);

        long before = threads.getCurrentThreadAllocatedBytes();
        readEvidence(rounds);
        long bytesPerAttempt = (threads.getCurrentThreadAllocatedBytes() - before) / rounds;

        assertThat(bytesPerAttempt).isLessThan(512);
    }

    private void readEvidence(int rounds) {
        InetAddress remote = InetAddress.getLoopbackAddress();
        for (int i = 0; i < rounds; i++) {
            sockets.queueErrors(pair.client(), remote, true);
            TcpInfo info = sockets.connectInfo(pair.client());
            Errno errno = sockets.takeError(pair.client());
            sockets.queueErrors(pair.client(), remote, false);
            assertThatEvidenceIsThere(info, errno);
        }
    }

    /// Reads what a connect is judged by; no AssertJ, which would allocate more than is measured.
    private static void assertThatEvidenceIsThere(TcpInfo info, Errno errno) {
        if (errno != Errno.NO_ERROR
                || info.state() != TcpState.ESTABLISHED
                || info.rttMicros() == null
                || info.pmtu() == null
                || info.segsIn() == null
                || info.sndMss() == 0
                || info.totalRetrans() != 0
                || info.options().isEmpty()) {
            throw new AssertionError(errno + " " + info.state());
        }
    }

    private static void assertThatNothingIsKnown(
            KernelSockets sockets, SocketChannel channel, ServerSocketChannel listener) {
        InetAddress remote = new InetSocketAddress(0).getAddress();
        assertThat(sockets.tcpInfo(channel)).isNull();
        assertThat(sockets.connectInfo(channel)).isNull();
        assertThat(sockets.takeError(channel)).isNull();
        assertThat(sockets.pollError(channel)).isNull();
        assertThat(sockets.queueErrors(channel, remote, true)).isFalse();
        assertThat(sockets.unacknowledgedBytes(channel)).isEmpty();
        assertThat(sockets.unsentBytes(channel)).isEmpty();
        assertThat(sockets.acceptQueue(listener)).isNull();
        assertThat(sockets.drops(listener)).isEmpty();
        assertThat(sockets.setUserTimeout(channel, Duration.ofSeconds(1))).isFalse();
        assertThat(sockets.setSynRetries(channel, 1)).isFalse();
        assertThat(sockets.resetOnClose(channel)).isFalse();
        assertThat(sockets.isSilent(channel)).isFalse();
        assertThat(sockets.sendAtOnce(listener)).isFalse();
    }

    private int option(SocketOption option) {
        SocketCalls calls = new SocketCalls();
        assertThat(calls.get(Descriptors.of(pair.client()), option, Integer.BYTES)).isEqualTo(4);
        return calls.value().get(JAVA_INT, 0);
    }

    private static ConditionFactory patiently() {
        return await().pollInSameThread()
                .pollInterval(Duration.ofMillis(1))
                .pollDelay(Duration.ZERO);
    }

    @Test
    void localAddressIsKnownWhenTheConnectWasReset() throws IOException {
        try (ServerSocketChannel listener = ServerSocketChannel.open();
                SocketChannel client = SocketChannel.open()) {
            listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            client.configureBlocking(false);
            client.connect(listener.getLocalAddress());
            SocketChannel accepted = listener.accept();
            SocketAddress seenByThePeer = accepted.getRemoteAddress();
            accepted.setOption(StandardSocketOptions.SO_LINGER, 0);
            accepted.close();

            assertThat(client.getLocalAddress()).isNull();
            assertThat(sockets.takeError(client)).isEqualTo(Errno.ECONNRESET);
            assertThat(sockets.localAddress(client)).isEqualTo(seenByThePeer);
        }
    }
}
