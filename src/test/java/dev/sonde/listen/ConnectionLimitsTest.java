package dev.sonde.listen;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.sonde.listen.spec.Behaviour;
import dev.sonde.listen.spec.ConnectionEnd;
import dev.sonde.listen.spec.ConnectionView;
import dev.sonde.listen.spec.Limits;
import dev.sonde.listen.spec.ListenerEvent;
import dev.sonde.listen.spec.ListenerSpec;
import dev.sonde.listen.spec.RecordingLimits;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// How connections end by the listener's limits, by its own end and by the peer; what is kept of
/// them.
class ConnectionLimitsTest {

    private static final Duration SHORT = Duration.ofMillis(40);
    private static final Behaviour ECHO = new Behaviour.Echo(Duration.ZERO);

    private final ListenerLab lab = new ListenerLab();

    @AfterEach
    void close() throws Exception {
        lab.close();
    }

    @Test
    void newcomerIsResetWhenTheLimitOfConnectionsIsReached() throws Exception {
        InetSocketAddress address = lab.open(limited(new Limits(1, null, null, null)));
        lab.connect(address);
        lab.next(ListenerEvent.Accepted.class);
        assertThat(lab.isReset(address)).isTrue();
        lab.next(ListenerEvent.Rejected.class);
        assertThat(lab.status().connections().rejected()).isOne();
        assertThat(lab.status().connections().active()).isOne();
        assertThat(lab.descriptors.used()).isEqualTo(2);
    }

    @Test
    void connectionEndsWhenItWasIdleForTooLong() throws Exception {
        Socket client = lab.connect(lab.open(limited(new Limits(9, SHORT, null, null))));
        client.getOutputStream().write(1);
        assertThat(client.getInputStream().readAllBytes()).hasSize(1);
        ConnectionView ended = lab.ended();
        assertThat(ended.end()).isEqualTo(ConnectionEnd.IDLE);
        assertThat(Duration.between(ended.out().lastAt(), ended.endedAt()))
                .isGreaterThanOrEqualTo(SHORT);
    }

    @Test
    void connectionEndsWhenItsLifetimeIsOver() throws Exception {
        Socket client = lab.connect(lab.open(limited(new Limits(9, null, SHORT, null))));
        assertThat(client.getInputStream().read()).isEqualTo(-1);
        assertThat(lab.ended().end()).isEqualTo(ConnectionEnd.LIFETIME);
    }

    @Test
    void connectionEndsWhenMoreComesThanMay() throws Exception {
        Socket client = lab.connect(lab.open(limited(new Limits(9, null, null, 5L))));
        client.getOutputStream().write(new byte[5]);
        assertThat(client.getInputStream().readNBytes(5)).hasSize(5);
        client.getOutputStream().write(1);
        ConnectionView ended = lab.ended();
        assertThat(ended.end()).isEqualTo(ConnectionEnd.BYTE_LIMIT);
        assertThat(ended.in().bytes()).isEqualTo(5);
    }

    @Test
    void connectionEndsWhenMoreIsSentThanMay() throws Exception {
        Behaviour endless = new Behaviour.Stream(null, 60_000, Duration.ZERO);
        ListenerSpec spec =
                ListenerLab.spec(endless).withLimits(new Limits(9, null, null, 100_000L));
        Socket client = lab.connect(lab.open(spec));
        assertThat(client.getInputStream().readAllBytes()).hasSize(100_000);
        assertThat(lab.ended().end()).isEqualTo(ConnectionEnd.BYTE_LIMIT);
    }

    @Test
    void endIsThePeersWhenThePeerResets() throws Exception {
        Socket client = lab.connect(lab.open(ECHO));
        lab.next(ListenerEvent.Accepted.class);
        ListenerLab.reset(client);
        ConnectionView ended = lab.ended();
        assertThat(ended.end()).isEqualTo(ConnectionEnd.PEER_RST);
        assertThat(ended.timeline().stream().map(event -> event.kind().label()))
                .endsWith("peer_reset");
        assertThat(lab.status().connections().reset()).isOne();
    }

    @Test
    void connectionIsResetWhenItsListenerIsDeleted() throws Exception {
        Socket client = lab.connect(lab.open(ECHO));
        lab.next(ListenerEvent.Accepted.class);
        lab.listeners.delete("a", _ -> {});
        assertThatThrownBy(() -> client.getInputStream().read())
                .isInstanceOf(SocketException.class);
        assertThat(lab.next(ListenerEvent.Ended.class).end())
                .isEqualTo(ConnectionEnd.LISTENER_CLOSED);
        assertThat(lab.descriptors.used()).isZero();
    }

    @Test
    void firstBytesAreRecordedWhenMoreCome() throws Exception {
        ListenerSpec spec = ListenerLab.spec(ECHO).withRecord(new RecordingLimits(1, 4));
        Socket client = lab.connect(lab.open(spec));
        client.getOutputStream().write("abcdef".getBytes(US_ASCII));
        assertThat(client.getInputStream().readNBytes(6)).hasSize(6);
        client.close();
        assertThat(lab.ended().recordedBytes()).isEqualTo("abcd".getBytes(US_ASCII));
    }

    @Test
    void oldestIsForgottenWhenMoreConnectionsEndThanAreRecorded() throws Exception {
        InetSocketAddress address =
                lab.open(ListenerLab.spec(ECHO).withRecord(new RecordingLimits(2, 10)));
        for (int i = 0; i < 3; i++) {
            talk(address, 10);
        }
        List<ConnectionView> kept = lab.listeners.connections("a").orElseThrow();
        assertThat(kept).extracting(ConnectionView::id).containsExactly(3L, 2L);
        assertThat(lab.listeners.connections("a", 3, _ -> true, 1).orElseThrow())
                .extracting(ConnectionView::id)
                .containsExactly(2L);
        assertThat(lab.memory.used()).isBetween(20L, 4_000L);
        assertThat(lab.traces.size()).isEqualTo(2);

        assertThat(lab.listeners.forget("a")).isTrue();
        assertThat(lab.listeners.connections("a").orElseThrow()).isEmpty();
        assertThat(lab.memory.used()).isZero();
    }

    @Test
    void oldestIsForgottenWhenTheMemoryOfAllIsUsedUp() throws Exception {
        InetSocketAddress address =
                lab.open(ListenerLab.spec(ECHO).withRecord(new RecordingLimits(100, 6_000)));
        talk(address, 6_000);
        talk(address, 6_000);
        List<ConnectionView> kept = lab.listeners.connections("a").orElseThrow();
        assertThat(kept).extracting(ConnectionView::id).containsExactly(2L);
        assertThat(lab.memory.used()).isBetween(6_000L, 8_000L);
    }

    @Test
    void oldestIsForgottenWhenAnotherListenerUsesUpTheMemoryOfAll() throws Exception {
        RecordingLimits record = new RecordingLimits(100, 6_000);
        InetSocketAddress a = lab.open(ListenerLab.spec(ECHO).withRecord(record));
        InetSocketAddress b =
                lab.open(ListenerSpec.of("b", ListenerLab.ANY_PORT, ECHO).withRecord(record));
        talk(a, 6_000);
        talk(b, 6_000);
        assertThat(lab.listeners.connections("a").orElseThrow()).isEmpty();
        assertThat(lab.listeners.connections("b").orElseThrow()).hasSize(1);
        assertThat(lab.traces.size()).isOne();
    }

    @Test
    void oldestIsForgottenWhenConnectionsThatSentNothingUseUpTheMemoryOfAll() throws Exception {
        InetSocketAddress address =
                lab.open(ListenerLab.spec(ECHO).withRecord(new RecordingLimits(1_000, 0)));
        for (int i = 0; i < 25; i++) {
            talk(address, 1);
        }
        List<ConnectionView> kept = lab.listeners.connections("a").orElseThrow();
        assertThat(kept)
                .hasSizeBetween(5, 20)
                .first()
                .extracting(ConnectionView::id)
                .isEqualTo(25L);
        assertThat(lab.memory.used()).isBetween(5_000L, 10_000L);
    }

    @Test
    void nothingIsKeptWhenNothingIsRecorded() throws Exception {
        InetSocketAddress address =
                lab.open(ListenerLab.spec(ECHO).withRecord(RecordingLimits.NONE));
        try (Socket client = lab.connect(address)) {
            client.getOutputStream().write(1);
        }
        lab.next(ListenerEvent.Ended.class);
        assertThat(lab.listeners.connections("a").orElseThrow()).isEmpty();
        assertThat(lab.traces.size()).isZero();
    }

    @Test
    void openConnectionIsShownWhenItStillGoesOn() throws Exception {
        Socket client = lab.connect(lab.open(ECHO));
        client.getOutputStream().write(1);
        assertThat(client.getInputStream().read()).isOne();
        // The client may have its byte before the loop has noted that it was sent.
        ConnectionView open =
                await().until(
                                () -> lab.listeners.connections("a").orElseThrow().getFirst(),
                                view -> view.out().lastAt() != null);
        assertThat(open.end()).isNull();
        assertThat(open.remote()).isEqualTo(client.getLocalSocketAddress());
        assertThat(open.in().firstAt()).isBetween(open.acceptedAt(), open.out().lastAt());
    }

    @Test
    void timelineStaysShortWhenAConnectionIsReadyVeryOften() throws Exception {
        Socket client = lab.connect(lab.open(ECHO));
        for (int i = 0; i < 200; i++) {
            client.getOutputStream().write(1);
            client.getInputStream().read();
        }
        client.close();
        assertThat(lab.ended().timeline()).hasSizeLessThanOrEqualTo(64);
    }

    private static ListenerSpec limited(Limits limits) {
        return ListenerLab.spec(ECHO).withLimits(limits);
    }

    private void talk(InetSocketAddress address, int bytes) throws Exception {
        try (Socket client = lab.connect(address)) {
            client.getOutputStream().write(new byte[bytes]);
            assertThat(client.getInputStream().readNBytes(bytes)).hasSize(bytes);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        lab.next(ListenerEvent.Ended.class);
        await().until(() -> lab.status().connections().active() == 0);
    }
}
