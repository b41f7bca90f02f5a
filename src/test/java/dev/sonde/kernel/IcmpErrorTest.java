package dev.sonde.kernel;

import static dev.sonde.kernel.QueuedError.Version.V4;
import static dev.sonde.kernel.QueuedError.Version.V6;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sonde.kernel.QueuedError.Icmp;
import dev.sonde.kernel.QueuedError.Version;
import dev.sonde.lab.Lab;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Connects that an ICMP message ends, with the message read from the error queue. Needs root.
@SuppressWarnings("NullAway") // a null fails the test
class IcmpErrorTest {

    private static Lab lab;

    private final KernelSockets sockets = new KernelSockets(KernelFeatures.detect());

    /// Once for all, but before each, so that each is reported as skipped where there is no lab.
    @BeforeEach
    void open() throws IOException {
        if (lab == null) {
            lab = Lab.open();
            addRules();
        }
    }

    private static void addRules() throws IOException {
        lab.server()
                .nft(
                        """
                        table inet lab {
                          chain input {
                            type filter hook input priority 0;
                            ip version 4 tcp dport 1 reject with icmp type net-unreachable
                            ip version 4 tcp dport 2 reject with icmp type host-unreachable
                            ip version 4 tcp dport 3 reject with icmp type prot-unreachable
                            ip version 4 tcp dport 4 reject with icmp type port-unreachable
                            ip version 4 tcp dport 5 reject with icmp type net-prohibited
                            ip version 4 tcp dport 6 reject with icmp type host-prohibited
                            ip version 4 tcp dport 7 reject with icmp type admin-prohibited
                            ip6 version 6 tcp dport 1 reject with icmpv6 type no-route
                            ip6 version 6 tcp dport 2 reject with icmpv6 type admin-prohibited
                            ip6 version 6 tcp dport 3 reject with icmpv6 type addr-unreachable
                            ip6 version 6 tcp dport 4 reject with icmpv6 type port-unreachable
                            ip6 version 6 tcp dport 5 reject with icmpv6 type policy-fail
                            ip6 version 6 tcp dport 6 reject with icmpv6 type reject-route
                            tcp dport 9 reject with tcp reset
                          }
                        }
                        """);
        lab.server()
                .ip(
                        """
                        route add unreachable 10.99.0.0/24
                        route add unreachable fd99::/64
                        """);
    }

    @AfterAll
    static void close() throws IOException {
        if (lab != null) {
            lab.close();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "10.77.0.2, 1, V4, 3,  0, ENETUNREACH",
        "10.77.0.2, 2, V4, 3,  1, EHOSTUNREACH",
        "10.77.0.2, 3, V4, 3,  2, ENOPROTOOPT",
        "10.77.0.2, 4, V4, 3,  3, ECONNREFUSED",
        "10.77.0.2, 5, V4, 3,  9, ENETUNREACH",
        "10.77.0.2, 6, V4, 3, 10, EHOSTUNREACH",
        "10.77.0.2, 7, V4, 3, 13, EHOSTUNREACH",
        "fd77::2,   1, V6, 1,  0, ENETUNREACH",
        "fd77::2,   2, V6, 1,  1, EACCES",
        "fd77::2,   3, V6, 1,  3, EHOSTUNREACH",
        "fd77::2,   4, V6, 1,  4, ECONNREFUSED",
        "fd77::2,   5, V6, 1,  5, EACCES",
        "fd77::2,   6, V6, 1,  6, EACCES",
    })
    void messageIsQueuedWhenTheTargetRejects(
            String target, int port, Version version, int type, int code, Errno errno)
            throws IOException {
        InetAddress address = InetAddress.getByName(target);

        assertThat(connect(new InetSocketAddress(address, port)))
                .isEqualTo(new Icmp(errno, version, type, code, address));
    }

    @Test
    void offenderIsTheRouterWhenTheRouterRejects() throws IOException {
        assertThat(connect(new InetSocketAddress("10.99.0.1", 80)))
                .isEqualTo(
                        new Icmp(Errno.EHOSTUNREACH, V4, 3, 1, InetAddress.getByName(Lab.SERVER)));
        assertThat(connect(new InetSocketAddress("fd99::1", 80)))
                .isEqualTo(
                        new Icmp(
                                Errno.ENETUNREACH, V6, 1, 0, InetAddress.getByName(Lab.SERVER_V6)));
    }

    /// Starts a connect and waits for the error that ends it.
    private QueuedError connect(InetSocketAddress remote) throws IOException {
        try (SocketChannel client = lab.openClient()) {
            client.configureBlocking(false);
            assertThat(sockets.queueErrors(client, remote.getAddress(), true)).isTrue();
            client.connect(remote);
            AtomicReference<QueuedError> error = new AtomicReference<>();
            await().pollInSameThread()
                    .pollDelay(Duration.ZERO)
                    .pollInterval(Duration.ofMillis(1))
                    .until(() -> error.updateAndGet(_ -> sockets.pollError(client)) != null);
            assertThat(sockets.connectInfo(client).segsIn()).isZero();
            return error.get();
        }
    }
}
