package dev.sonde.listen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sonde.listen.spec.Behaviour;
import dev.sonde.listen.spec.ListenerEvent;
import dev.sonde.probe.finding.AttemptResult;
import dev.sonde.probe.finding.Evidence;
import dev.sonde.probe.finding.Outcome;
import dev.sonde.probe.finding.ProbeResult;
import dev.sonde.probe.finding.TimelineEvent;
import dev.sonde.probe.spec.Target;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Both sides of a connection on one clock.
@SuppressWarnings("NullAway") // a null fails the test
class OwnTimelinesTest {

    private static final Behaviour ECHO = new Behaviour.Echo(Duration.ZERO);

    private final ListenerLab lab = new ListenerLab();

    @AfterEach
    void close() throws Exception {
        lab.close();
    }

    @Test
    void listenersEventsAreThereWhenTheResultIsHandedOn() throws Exception {
        ProbeResult result = seen(connect(lab.open(ECHO)));
        assertThat(events(result))
                .startsWith("connect_called", "accept_ready", "accepted")
                .endsWith("close_fin");
        assertThat(result.deciding().timeline())
                .extracting(TimelineEvent::atMicros)
                .isSorted()
                .allMatch(at -> at >= 0);
    }

    @Test
    void nothingIsAddedTwiceWhenTheConnectionHasEnded() throws Exception {
        ProbeResult result = seen(connect(lab.open(ECHO)));
        lab.ended();
        ProbeResult whole = lab.otherEnds.join(result);
        assertThat(events(whole)).containsOnlyOnce("accepted", "peer_closed");
        assertThat(lab.otherEnds.join(whole)).isSameAs(whole);
    }

    @Test
    void listenersEventsAreThereWhenTheConnectionCameWhileOthersWereAccepted() throws Exception {
        InetSocketAddress address = lab.open(ECHO);
        CompletableFuture<ProbeResult> late = new CompletableFuture<>();
        lab.alsoTold =
                event -> {
                    if (event instanceof ListenerEvent.Accepted && !late.isDone()) {
                        late.complete(connected(address));
                    }
                };
        lab.connect(address);
        ProbeResult result = seen(late.get(10, TimeUnit.SECONDS));
        assertThat(events(result)).startsWith("connect_called", "accept_ready", "accepted");
    }

    @Test
    void moreIsThereWhenTheListenerHasSeenMore() throws Exception {
        InetSocketAddress address = lab.open(ECHO);
        long startNanos = System.nanoTime();
        try (Socket client = lab.connect(address)) {
            ProbeResult result = seen(result(client, address, startNanos));
            assertThat(events(result)).contains("accepted").doesNotContain("first_byte_in");
            client.getOutputStream().write(1);
            assertThat(client.getInputStream().read()).isOne();
            // The client may have its byte before the loop has noted that it was sent.
            await().untilAsserted(
                            () ->
                                    assertThat(events(lab.otherEnds.join(result)))
                                            .contains("first_byte_in", "first_byte_out")
                                            .containsOnlyOnce("accepted"));
        }
    }

    @Test
    void acceptComesLaterWhenTheListenerWasPaused() throws Exception {
        InetSocketAddress address = lab.open(ECHO);
        lab.listeners.setPaused("a", true);
        ProbeResult result = seen(connect(address));
        assertThat(events(result)).containsExactly("connect_called", "close_fin");
        lab.listeners.setPaused("a", false);
        await().untilAsserted(
                        () ->
                                assertThat(events(lab.otherEnds.join(result)))
                                        .contains("accept_ready", "accepted", "peer_closed"));
    }

    /// For a loop's thread.
    private ProbeResult connected(InetSocketAddress address) {
        try {
            return connect(address);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void nothingIsAddedWhenTheConnectionIsAnotherOne() throws Exception {
        InetSocketAddress address = lab.open(ECHO);
        try (Socket client = lab.connect(address)) {
            lab.next(ListenerEvent.Accepted.class);
            ProbeResult later = result(client, address, System.nanoTime());
            assertThat(lab.otherEnds.join(later)).isSameAs(later);
            ProbeResult stored = result(client, address, null);
            assertThat(lab.otherEnds.join(stored)).isSameAs(stored);
            ProbeResult reversed =
                    result(address, (InetSocketAddress) client.getLocalSocketAddress(), 0L);
            assertThat(lab.otherEnds.join(reversed)).isSameAs(reversed);
        }
    }

    @Test
    void whatWasJoinedStaysWhenTheListenerForgets() throws Exception {
        ProbeResult result = seen(connect(lab.open(ECHO)));
        lab.ended();
        ProbeResult whole = lab.otherEnds.join(result);
        lab.listeners.delete("a", _ -> {});
        assertThat(lab.otherEnds.join(whole)).isSameAs(whole);
    }

    @Test
    void resultIsHandedOnWhenNoListenerIsThere() {
        InetSocketAddress nobody = new InetSocketAddress(InetAddress.getLoopbackAddress(), 1);
        ProbeResult result = result(nobody, nobody, 0L);
        CompletableFuture<ProbeResult> handedOn = new CompletableFuture<>();
        lab.otherEnds.whenSeen(result, handedOn::complete);
        assertThat(handedOn.getNow(null)).isSameAs(result);
    }

    @Test
    void resultIsHandedOnWhenTheLoopsHaveClosed() throws Exception {
        InetSocketAddress address = lab.open(ECHO);
        ProbeResult result = connect(address);
        lab.loops.close();
        assertThat(seen(result).id()).isEqualTo(result.id());
    }

    private ProbeResult connect(InetSocketAddress address) throws Exception {
        long startNanos = System.nanoTime();
        Socket client = lab.connect(address);
        ProbeResult result = result(client, address, startNanos);
        client.close();
        return result;
    }

    private ProbeResult seen(ProbeResult result) {
        CompletableFuture<ProbeResult> handedOn = new CompletableFuture<>();
        lab.otherEnds.whenSeen(result, handedOn::complete);
        return handedOn.orTimeout(10, TimeUnit.SECONDS).join();
    }

    private static ProbeResult result(Socket client, InetSocketAddress to, Long startNanos) {
        return result((InetSocketAddress) client.getLocalSocketAddress(), to, startNanos);
    }

    private static ProbeResult result(
            InetSocketAddress from, InetSocketAddress to, Long startNanos) {
        List<TimelineEvent> timeline =
                List.of(
                        TimelineEvent.client(0, TimelineEvent.Kind.CONNECT_CALLED),
                        TimelineEvent.client(60_000_000, TimelineEvent.Kind.CLOSE_FIN));
        AttemptResult attempt =
                new AttemptResult(
                        to,
                        from,
                        Outcome.Succeeded.connected(),
                        List.of(),
                        Evidence.NONE,
                        timeline,
                        List.of(),
                        startNanos);
        return new ProbeResult(
                new UUID(1, 2),
                null,
                new Target("127.0.0.1", to.getPort()),
                Instant.EPOCH,
                List.of(attempt));
    }

    private static List<String> events(ProbeResult result) {
        return result.deciding().timeline().stream().map(event -> event.kind().label()).toList();
    }
}
