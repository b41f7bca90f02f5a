package dev.sonde.listen;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.sonde.dialogue.DialogueStep;
import dev.sonde.dialogue.Payload;
import dev.sonde.kernel.KernelSockets;
import dev.sonde.kernel.TcpInfo;
import dev.sonde.kernel.TcpState;
import dev.sonde.listen.conversation.DialogueConversation;
import dev.sonde.listen.spec.Behaviour;
import dev.sonde.listen.spec.Chance;
import dev.sonde.listen.spec.ConnectionEnd;
import dev.sonde.listen.spec.ConnectionView;
import dev.sonde.listen.spec.Limits;
import dev.sonde.listen.spec.ListenerEvent;
import dev.sonde.listen.spec.ListenerSpec;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What a client meets, behaviour by behaviour.
@SuppressWarnings("NullAway") // a null fails the test
class BehaviourTest {

    private static final Duration SHORT = Duration.ofMillis(30);

    private final ListenerLab lab = new ListenerLab();
    private final KernelSockets kernel = new KernelSockets(ListenerLab.KERNEL);

    @AfterEach
    void close() throws Exception {
        lab.close();
    }

    @Test
    void clientMeetsFinWhenTheListenerCloses() throws Exception {
        Socket client = lab.connect(lab.open(new Behaviour.Close(Duration.ZERO)));
        assertThat(client.getInputStream().read()).isEqualTo(-1);
        assertThat(lab.ended().end()).isEqualTo(ConnectionEnd.OUR_FIN);
    }

    /// A behaviour that is drawn takes the way of connections with a channel.
    @ParameterizedTest
    @CsvSource({
        "bytes, false, OUR_FIN, 5", "bytes, true, OUR_FIN, 5",
        "many, false, BYTE_LIMIT, 8", "many, true, BYTE_LIMIT, 8",
        "fin, false, PEER_FIN, 0", "fin, true, PEER_FIN, 0",
        "rst, false, PEER_RST, 0", "rst, true, PEER_RST, 0"
    })
    void endTellsWhatHadComeWhenTheListenerClosesAtOnce(
            String first, boolean isDrawn, ConnectionEnd end, int bytes) throws Exception {
        Behaviour close = new Behaviour.Close(Duration.ZERO);
        Behaviour behaviour = isDrawn ? new Chance(close, 1, close) : close;
        InetSocketAddress to =
                lab.open(ListenerLab.spec(behaviour).withLimits(new Limits(10, null, null, 8L)));
        lab.listeners.setPaused("a", true);
        Socket client = lab.connect(to);
        int port = client.getLocalPort();
        switch (first) {
            case "fin" -> client.shutdownOutput();
            case "rst" -> ListenerLab.reset(client);
            default -> client.getOutputStream().write(new byte[first.equals("many") ? 9 : 5]);
        }
        await().until(() -> !isUntouched(to.getPort(), port));

        lab.listeners.setPaused("a", false);

        ConnectionView ended = lab.ended();
        assertThat(ended.end()).isEqualTo(end);
        assertThat(ended.in().bytes()).isEqualTo(bytes);
    }

    /// Whether the kernel has an established connection of which nothing has come.
    private static boolean isUntouched(int listener, int client) throws IOException {
        Pattern untouched =
                Pattern.compile(":%04X \\w+:%04X 01 \\w+:00000000".formatted(listener, client));
        return untouched.matcher(Files.readString(Path.of("/proc/net/tcp"))).find()
                || untouched.matcher(Files.readString(Path.of("/proc/net/tcp6"))).find();
    }

    @Test
    void clientMeetsFinLaterWhenTheListenerClosesAfterAWhile() throws Exception {
        Socket client = lab.connect(lab.open(new Behaviour.Close(SHORT)));
        client.getOutputStream().write(1);
        assertThat(client.getInputStream().read()).isEqualTo(-1);
        client.close();
        ConnectionView ended = lab.ended();
        assertThat(ended.end()).isEqualTo(ConnectionEnd.OUR_FIN);
        assertThat(at(ended, "close_fin")).isGreaterThanOrEqualTo(SHORT.toNanos() / 1_000);
    }

    @Test
    void clientMeetsResetWhenTheListenerResets() throws Exception {
        assertThat(lab.isReset(lab.open(new Behaviour.Reset(Duration.ZERO)))).isTrue();
        assertThat(lab.ended().end()).isEqualTo(ConnectionEnd.OUR_RST);
    }

    @Test
    void clientMeetsResetLaterWhenTheListenerResetsAfterAWhile() throws Exception {
        assertThat(lab.isReset(lab.open(new Behaviour.Reset(SHORT)))).isTrue();
        ConnectionView ended = lab.ended();
        assertThat(ended.end()).isEqualTo(ConnectionEnd.OUR_RST);
        assertThat(at(ended, "close_rst")).isGreaterThanOrEqualTo(SHORT.toNanos() / 1_000);
    }

    @Test
    void bytesAreReadAndDroppedWhenTheListenerDiscards() throws Exception {
        Socket client = lab.connect(lab.open(new Behaviour.Discard()));
        client.getOutputStream().write(new byte[1_000_000]);
        client.close();
        ConnectionView ended = lab.ended();
        assertThat(ended.end()).isEqualTo(ConnectionEnd.PEER_FIN);
        assertThat(ended.in().bytes()).isEqualTo(1_000_000);
        assertThat(ended.out().bytes()).isZero();
    }

    @Test
    void bytesComeBackWhenTheListenerEchoes() throws Exception {
        Socket client = lab.connect(lab.open(new Behaviour.Echo(Duration.ZERO)));
        client.getOutputStream().write("hello".getBytes(US_ASCII));
        assertThat(client.getInputStream().readNBytes(5)).isEqualTo("hello".getBytes(US_ASCII));
        client.close();
        assertThat(lab.ended().timeline().stream().map(event -> event.kind().label()))
                // How often it is ready depends on what arrives together.
                .filteredOn(event -> !event.equals("read_ready"))
                .containsExactly(
                        "accept_ready",
                        "accepted",
                        "first_byte_in",
                        "first_byte_out",
                        "peer_closed",
                        "close_fin");
    }

    @Test
    void allBytesComeBackWhenTheClientReadsLate() throws Exception {
        Socket client = lab.connectWithSmallBuffer(lab.open(new Behaviour.Echo(Duration.ZERO)));
        byte[] sent = new byte[8_000_000];
        sent[sent.length - 1] = 7;
        Thread writer =
                Thread.ofPlatform()
                        .daemon()
                        .start(
                                () -> {
                                    try {
                                        client.getOutputStream().write(sent);
                                        client.shutdownOutput();
                                    } catch (IOException e) {
                                        throw new AssertionError(e);
                                    }
                                });
        await().until(this::isWriteBlocked);
        assertThat(client.getInputStream().readAllBytes()).isEqualTo(sent);
        writer.join();
        assertThat(lab.ended().timeline().stream().map(event -> event.kind().label()))
                .contains("write_blocked", "write_ready");
    }

    @Test
    void bytesComeBackLaterWhenTheEchoIsDelayed() throws Exception {
        Socket client = lab.connect(lab.open(new Behaviour.Echo(SHORT)));
        client.getOutputStream().write("hello".getBytes(US_ASCII));
        client.shutdownOutput();
        assertThat(client.getInputStream().readAllBytes()).isEqualTo("hello".getBytes(US_ASCII));
        ConnectionView ended = lab.ended();
        assertThat(ended.end()).isEqualTo(ConnectionEnd.PEER_FIN);
        assertThat(Duration.between(ended.in().firstAt(), ended.out().firstAt()))
                .isGreaterThanOrEqualTo(SHORT);
    }

    @Test
    void bytesStayWithTheKernelWhenTheListenerHolds() throws Exception {
        Socket client = lab.connect(lab.open(new Behaviour.Hold()));
        client.getOutputStream().write(new byte[100]);
        client.close();
        ConnectionView ended = lab.ended();
        assertThat(ended.end()).isEqualTo(ConnectionEnd.PEER_FIN);
        assertThat(ended.in().bytes()).isZero();
    }

    @Test
    void resetIsSeenWhenTheListenerHolds() throws Exception {
        Socket client = lab.connect(lab.open(new Behaviour.Hold()));
        lab.next(ListenerEvent.Accepted.class);
        ListenerLab.reset(client);
        assertThat(lab.ended().end()).isEqualTo(ConnectionEnd.PEER_RST);
    }

    @Test
    void bannerComesFirstAndConnectionStaysWhenItShallNotClose() throws Exception {
        Payload hello = Payload.text("220 hello\r\n");
        Socket client = lab.connect(lab.open(new Behaviour.Banner(hello, false)));
        assertThat(client.getInputStream().readNBytes(11)).endsWith('\r', '\n');
        assertThat(lab.status().connections().active()).isOne();
        client.close();
        assertThat(lab.ended().end()).isEqualTo(ConnectionEnd.PEER_FIN);
    }

    @Test
    void bannerComesWholeBeforeFinWhenTheClientTalksAtOnce() throws Exception {
        Payload bytes = new Payload("AAEC/w==", true);
        Socket client = lab.connect(lab.open(new Behaviour.Banner(bytes, true)));
        client.getOutputStream().write(new byte[1_000]);
        assertThat(client.getInputStream().readAllBytes()).containsExactly(0, 1, 2, 0xFF);
        client.close();
        assertThat(lab.ended().end()).isEqualTo(ConnectionEnd.OUR_FIN);
    }

    @Test
    void dialogueFollowsItsStepsWhenTheClientSaysWhatIsExpected() throws Exception {
        Behaviour dialogue =
                new Behaviour.Dialogue(
                        List.of(
                                DialogueStep.send("220 ready\r\n"),
                                DialogueStep.expect("^EHLO \\S+\r\n"),
                                DialogueStep.delay(SHORT),
                                DialogueStep.send("250 ok\r\n"),
                                DialogueStep.expect("^QUIT"),
                                DialogueStep.close(DialogueStep.Close.FIN)));
        Socket client = lab.connect(lab.open(dialogue));
        for (String piece : List.of("EH", "LO me\r", "\nQU", "IT")) {
            client.getOutputStream().write(piece.getBytes(US_ASCII));
        }
        assertThat(new String(client.getInputStream().readAllBytes(), US_ASCII))
                .isEqualTo("220 ready\r\n250 ok\r\n");
        client.close();
        assertThat(lab.ended().end()).isEqualTo(ConnectionEnd.OUR_FIN);
    }

    @Test
    void dialogueEndsWithResetWhenTheBufferIsFullWithoutAMatch() throws Exception {
        Behaviour dialogue = new Behaviour.Dialogue(List.of(DialogueStep.expect("never")));
        Socket client = lab.connect(lab.open(dialogue));
        client.getOutputStream().write(new byte[DialogueConversation.BUFFER_BYTES + 1]);
        assertThat(lab.ended().end()).isEqualTo(ConnectionEnd.OUR_RST);
    }

    @Test
    void dialogueAnswersWithWhatItFoundWhenItHasGroups() throws Exception {
        Behaviour dialogue =
                new Behaviour.Dialogue(
                        List.of(
                                DialogueStep.expectBytes(new Payload("AAE=", true)),
                                DialogueStep.expect("^AUTH (?P<who>\\w+)\n").rejecting("root"),
                                DialogueStep.send("hello ${who}\n"),
                                DialogueStep.close(DialogueStep.Close.FIN)));
        InetSocketAddress address = lab.open(dialogue);
        Socket client = lab.connect(address);
        client.getOutputStream().write("\0\1AUTH me\n".getBytes(US_ASCII));
        assertThat(new String(client.getInputStream().readAllBytes(), US_ASCII))
                .isEqualTo("hello me\n");
        client.close();
        assertThat(lab.ended().end()).isEqualTo(ConnectionEnd.OUR_FIN);

        lab.connect(address).getOutputStream().write("\0\1AUTH root\n".getBytes(US_ASCII));
        assertThat(lab.ended().end()).isEqualTo(ConnectionEnd.OUR_RST);
    }

    @Test
    void dialogueEndsWithResetWhenOtherBytesComeThanExpected() throws Exception {
        Payload bytes = Payload.text("hello");
        Behaviour dialogue = new Behaviour.Dialogue(List.of(DialogueStep.expectBytes(bytes)));
        lab.connect(lab.open(dialogue)).getOutputStream().write("help".getBytes(US_ASCII));
        assertThat(lab.ended().end()).isEqualTo(ConnectionEnd.OUR_RST);
    }

    @Test
    void dialogueEndsWithResetWhenItsLastStepSaysSo() throws Exception {
        Behaviour dialogue =
                new Behaviour.Dialogue(
                        List.of(
                                DialogueStep.expect("x"),
                                DialogueStep.close(DialogueStep.Close.RST)));
        Socket client = lab.connect(lab.open(dialogue));
        client.getOutputStream().write('x');
        assertThatThrownBy(() -> client.getInputStream().read())
                .isInstanceOf(SocketException.class);
        assertThat(lab.ended().end()).isEqualTo(ConnectionEnd.OUR_RST);
    }

    @Test
    void streamEndsWithFinWhenAllWasSent() throws Exception {
        Behaviour stream = new Behaviour.Stream(1_000_001L, 4_096, Duration.ZERO);
        Socket client = lab.connect(lab.open(stream));
        client.shutdownOutput();
        assertThat(client.getInputStream().readAllBytes()).hasSize(1_000_001);
        assertThat(lab.ended().out().bytes()).isEqualTo(1_000_001);
    }

    @Test
    void streamKeepsItsPaceWhenItHasOne() throws Exception {
        Socket client = lab.connect(lab.open(new Behaviour.Stream(30L, 10, SHORT)));
        assertThat(client.getInputStream().readAllBytes()).hasSize(30);
        client.close();
        ConnectionView ended = lab.ended();
        assertThat(Duration.between(ended.out().firstAt(), ended.out().lastAt()))
                .isGreaterThanOrEqualTo(SHORT.multipliedBy(2));
    }

    @Test
    void senderMeetsAZeroWindowWhenTheListenerStalls() throws Exception {
        InetSocketAddress address = lab.open(new Behaviour.Stall());
        SocketChannel client = SocketChannel.open();
        client.setOption(StandardSocketOptions.SO_SNDBUF, 8_192).connect(address);
        client.configureBlocking(false);
        await().pollInSameThread()
                .until(
                        () -> {
                            client.write(ByteBuffer.allocate(4_096));
                            TcpInfo info = kernel.tcpInfo(client);
                            return info.sndWnd() == 0 && info.unacked() == 0;
                        });
        assertThat(kernel.unsentBytes(client).orElseThrow()).isPositive();
        client.close();
    }

    @Test
    void connectionsWaitInTheQueueWhenTheListenerNeverAccepts() throws Exception {
        InetSocketAddress address = lab.open(new Behaviour.NeverAccept());
        lab.connect(address);
        lab.connect(address);
        assertThat(lab.status().queue().length()).isEqualTo(2);
        assertThat(lab.status().connections().accepted()).isZero();
    }

    @Test
    void synGoesUnansweredWhenTheQueueIsFull() throws Exception {
        ListenerSpec spec = ListenerLab.spec(new Behaviour.QueueFull()).withBacklog(3);
        InetSocketAddress address = lab.open(spec);
        assertThat(lab.status().queue().length()).isEqualTo(4);
        assertThat(lab.descriptors.used()).isEqualTo(1 + 4);
        SocketChannel client = lab.startConnect(address);
        assertThat(kernel.connectInfo(client).state()).isEqualTo(TcpState.SYN_SENT);
        assertThat(lab.status().queue().drops()).isPositive();

        assertThat(lab.listeners.delete("a", _ -> {})).isTrue();
        assertThat(lab.descriptors.used()).isZero();
    }

    @Test
    void nothingIsAcknowledgedWhenTheListenerEndsNoHandshake() throws Exception {
        InetSocketAddress address = lab.open(new Behaviour.HalfEstablish());
        SocketChannel client = lab.startConnect(address);
        assertThat(client.finishConnect()).isTrue();
        client.write(ByteBuffer.allocate(5));
        TcpInfo info = kernel.tcpInfo(client);
        assertThat(info.state()).isEqualTo(TcpState.ESTABLISHED);
        assertThat(info.unacked()).isPositive();
        await().pollInSameThread().until(() -> kernel.tcpInfo(client).retransmits() > 1);
        assertThat(kernel.unacknowledgedBytes(client)).hasValue(5);
        assertThat(lab.status().queue().length()).isZero();
        assertThat(lab.status().queue().drops()).isPositive();
        assertThat(lab.status().connections().accepted()).isZero();
    }

    private boolean isWriteBlocked() {
        return lab.listeners.connections("a").orElseThrow().stream()
                .flatMap(view -> view.timeline().stream())
                .anyMatch(event -> event.kind().label().equals("write_blocked"));
    }

    private static long at(ConnectionView view, String event) {
        return view.timeline().stream()
                .filter(seen -> seen.kind().label().equals(event))
                .findFirst()
                .orElseThrow()
                .atMicros();
    }
}
