package dev.sonde.cluster.member;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import javax.net.ssl.SSLContext;
import org.jgroups.JChannel;
import org.jgroups.Message;
import org.jgroups.Receiver;
import org.jgroups.protocols.LOCAL_PING;
import org.jgroups.protocols.UNICAST3;
import org.jgroups.protocols.pbcast.GMS;
import org.jgroups.protocols.pbcast.NAKACK2;
import org.jgroups.stack.IpAddress;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What replicas tell each other while one of them cannot be connected to.
class MemberTransportTest {

    private static final InetAddress LOOPBACK = InetAddress.ofLiteral("127.0.0.1");
    private static final Duration LONG = Duration.ofMinutes(1);

    @TempDir private Path directory;
    private final Queue<Object> heard = new ConcurrentLinkedQueue<>();
    private JChannel speaker;
    private JChannel listener;

    @BeforeEach
    void connect() throws Exception {
        SSLContext tls = MemberKeys.make(directory.resolve("members.p12")).context();
        speaker = channel(tls);
        listener = channel(tls);
        listener.setReceiver(
                new Receiver() {
                    @Override
                    public void receive(Message message) {
                        heard.add(message.getObject());
                    }
                });
        speaker.connect("members");
        listener.connect("members");
    }

    @AfterEach
    void close() {
        listener.close();
        speaker.close();
    }

    @Test
    void messagesGoOnToTheOthersWhenOneHangsInItsHandshake() throws Exception {
        try (ServerSocket hanging = new ServerSocket(0, 1, LOOPBACK)) {
            MemberTransport transport = (MemberTransport) speaker.getProtocolStack().getTransport();
            // The thread that sends to all comes to this one first.
            transport.send(new IpAddress(LOOPBACK, hanging.getLocalPort()), new byte[8], 0, 8);
            speaker.send(null, "alive");
            await().atMost(LONG.dividedBy(6)).until(() -> heard.contains("alive"));
        }
    }

    @Test
    void messageArrivesWhenItsMemberHadToBeConnectedFirst() throws Exception {
        ((MemberTransport) speaker.getProtocolStack().getTransport()).clearConnections(true);
        speaker.send(listener.getAddress(), "first");
        await().until(() -> heard.contains("first"));
        assertThat(speaker.getView().size()).isEqualTo(2);
    }

    /// Hands are shaken for as long as it takes.
    private static JChannel channel(SSLContext tls) throws Exception {
        MemberTransport transport = new MemberTransport();
        transport.setBindAddress(LOOPBACK);
        transport.setBindPort(0);
        transport.nonBlockingSends(true);
        transport.setSocketFactory(new MemberSockets(() -> tls, LONG));
        return new JChannel(
                List.of(
                        transport,
                        new LOCAL_PING(),
                        new NAKACK2().useMcastXmit(false),
                        new UNICAST3(),
                        new GMS().printLocalAddress(false).setJoinTimeout(1_000)));
    }
}
