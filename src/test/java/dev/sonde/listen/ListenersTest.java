package dev.sonde.listen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.awaitility.Awaitility.await;

import com.sun.management.UnixOperatingSystemMXBean;
import dev.sonde.eventloop.EventLoop;
import dev.sonde.listen.spec.Behaviour;
import dev.sonde.listen.spec.ListenerChange;
import dev.sonde.listen.spec.ListenerEvent;
import dev.sonde.listen.spec.ListenerException;
import dev.sonde.listen.spec.ListenerProblem;
import dev.sonde.listen.spec.ListenerSpec;
import dev.sonde.listen.spec.ListenerState;
import dev.sonde.listen.spec.ListenerStatus;
import dev.sonde.listen.spec.StoredListener;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/// Listeners from creation to deletion, and over a restart.
@Isolated("counts the descriptors of this process")
@SuppressWarnings("NullAway") // a null fails the test
class ListenersTest {

    private static final Behaviour ECHO = new Behaviour.Echo(Duration.ZERO);
    private static final Behaviour CLOSE = new Behaviour.Close(Duration.ZERO);
    private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();

    private final ListenerLab lab = new ListenerLab();

    @AfterEach
    void close() throws Exception {
        lab.close();
    }

    @Test
    void portIsFreeAtOnceWhenTheListenerIsDeleted() throws IOException {
        for (int i = 0; i < 200; i++) {
            InetSocketAddress address = lab.open(ECHO);
            lab.connect(address);
            assertThat(lab.listeners.delete("a", _ -> {})).isTrue();
            new ServerSocket(address.getPort(), 1, address.getAddress()).close();
        }
        assertThat(lab.listeners.delete("a", _ -> {})).isFalse();
    }

    @Test
    void backlogIsTheKernelsWhenMoreWasAskedFor() {
        lab.open(ListenerLab.spec(ECHO).withBacklog(ListenerSpec.LARGEST_BACKLOG));
        assertThat(lab.status().queue().limit()).isLessThanOrEqualTo(65_535).isPositive();
        assertThat(lab.status().queue().length()).isZero();
    }

    @Test
    void queueFillsAndDrainsWhenTheListenerIsPausedAndResumed() throws Exception {
        InetSocketAddress address = lab.open(ECHO);
        assertThat(lab.listeners.setPaused("a", true).orElseThrow().state())
                .isEqualTo(ListenerState.PAUSED);
        assertThat(lab.status().definition().paused()).isTrue();
        lab.connect(address);
        Socket second = lab.connect(address);
        second.getOutputStream().write(7);
        assertThat(lab.status().queue().length()).isEqualTo(2);
        assertThat(lab.status().connections().accepted()).isZero();

        lab.listeners.setPaused("a", false);
        assertThat(second.getInputStream().read()).isEqualTo(7);
        await().until(() -> lab.status().queue().length() == 0);
        assertThat(lab.status().connections().accepted()).isEqualTo(2);
    }

    @Test
    void connectionsAreSpreadOverTheLoopsWhenSeveralCome() throws Exception {
        InetSocketAddress address = lab.open(ECHO);
        for (int i = 0; i < 10; i++) {
            lab.connect(address);
        }
        for (EventLoop loop : lab.loops.loops()) {
            await().until(() -> loop.inspect().join().channels() >= 5);
        }
    }

    @Test
    void portStaysAndNewConnectionsMeetTheNewBehaviourWhenOnlyItChanges() throws Exception {
        InetSocketAddress address = lab.open(ECHO);
        Socket old = lab.connect(address);
        lab.next(ListenerEvent.Accepted.class);
        ListenerStatus changed = replace(ListenerLab.spec(CLOSE));
        assertThat(changed.address()).isEqualTo(address);
        assertThat(lab.connect(address).getInputStream().read()).isEqualTo(-1);
        old.getOutputStream().write(7);
        assertThat(old.getInputStream().read()).isEqualTo(7);
    }

    @Test
    void samePortListensAgainWhenTheBacklogChanges() {
        InetSocketAddress address = lab.open(ECHO);
        ListenerSpec spec = ListenerLab.spec(ECHO).withBind(address);
        replace(spec);
        assertThat(replace(spec.withBacklog(7)).queue().limit()).isEqualTo(7);
        assertThat(lab.status().address()).isEqualTo(address);
        assertThat(lab.descriptors.used()).isOne();
    }

    @Test
    void oldPortGoesOnWhenTheNewOneCannotBeHad() throws Exception {
        InetSocketAddress address = lab.open(ECHO);
        try (ServerSocket other = new ServerSocket(0, 1, LOOPBACK)) {
            InetSocketAddress taken = (InetSocketAddress) other.getLocalSocketAddress();
            refuses(
                    ListenerProblem.ADDRESS_IN_USE,
                    () -> replace(ListenerLab.spec(CLOSE).withBind(taken)));
        }
        assertThat(lab.status().address()).isEqualTo(address);
        assertThat(lab.status().definition().spec().behaviour()).isEqualTo(ECHO);
        assertThat(lab.descriptors.used()).isOne();
    }

    @Test
    void oldBacklogComesBackWhenTheReplacementIsDenied() {
        InetSocketAddress address = lab.open(ECHO);
        InetSocketAddress denied = new InetSocketAddress("198.51.100.1", address.getPort());
        refuses(
                ListenerProblem.DENIED_BY_POLICY,
                () -> replace(ListenerLab.spec(ECHO).withBind(denied)));
        assertThat(lab.status().address()).isEqualTo(address);
    }

    @Test
    void queueDrainsIntoTheNewBehaviourWhenItIsNoLongerKeptFull() throws Exception {
        ListenerSpec full = ListenerLab.spec(new Behaviour.QueueFull()).withBacklog(3);
        InetSocketAddress address = lab.open(full);
        replace(full.withBehaviour(ECHO));
        await().until(() -> lab.status().queue().length() == 0);
        Socket client = lab.connect(address);
        client.getOutputStream().write(7);
        assertThat(client.getInputStream().read()).isEqualTo(7);
        assertThat(lab.status().connections().accepted()).isOne();
    }

    @Test
    void handshakeEndsWhenItIsNoLongerWithheld() throws Exception {
        ListenerSpec spec = ListenerLab.spec(new Behaviour.HalfEstablish());
        Socket client = lab.connect(lab.open(spec));
        client.getOutputStream().write(7);
        replace(spec.withBehaviour(ECHO));
        // The client repeats its byte by itself.
        assertThat(client.getInputStream().read()).isEqualTo(7);
        replace(spec);
        assertThat(lab.status().connections().active()).isOne();
        client.getOutputStream().write(8);
        assertThat(client.getInputStream().read()).isEqualTo(8);
        lab.connect(lab.status().address());
        assertThat(lab.status().connections().accepted()).isOne();
    }

    @Test
    void portIsFreeWhenTheTimeToLiveIsOver() throws Exception {
        ListenerSpec spec = ListenerLab.spec(ECHO).withTtl(Duration.ofMillis(50));
        InetSocketAddress address = lab.open(spec);
        await().until(() -> lab.status().state() == ListenerState.EXPIRED);
        assertThat(lab.status().address()).isNull();
        await().untilAsserted(() -> new ServerSocket(address.getPort(), 1, LOOPBACK).close());
        assertThat(replace(spec.withTtl(null)).state()).isEqualTo(ListenerState.LISTENING);
    }

    @Test
    void nameIsTakenWhenItExists() {
        lab.open(ECHO);
        refuses(ListenerProblem.NAME_EXISTS, () -> lab.open(CLOSE));
        assertThat(lab.listeners.all()).hasSize(1);
    }

    @Test
    void listenerIsRefusedWhenItsPortIsTaken() throws Exception {
        try (ServerSocket other = new ServerSocket(0, 1, LOOPBACK)) {
            refusesBind(
                    ListenerProblem.ADDRESS_IN_USE,
                    (InetSocketAddress) other.getLocalSocketAddress());
        }
    }

    @Test
    void listenerIsRefusedWhenTheAddressIsNotOurs() {
        refusesBind(
                ListenerProblem.ADDRESS_NOT_AVAILABLE, new InetSocketAddress("192.0.2.1", 4_000));
    }

    @Test
    void listenerIsRefusedWhenThePolicyForbidsIt() {
        refusesBind(ListenerProblem.DENIED_BY_POLICY, new InetSocketAddress("0.0.0.0", 0));
        refusesBind(ListenerProblem.DENIED_BY_POLICY, new InetSocketAddress(LOOPBACK, 8_080));
    }

    @Test
    void listenerIsRefusedWhenThereAreTooMany() {
        for (int i = 0; i < 10; i++) {
            lab.open(ListenerSpec.of("n" + i, ListenerLab.ANY_PORT, ECHO));
        }
        refuses(ListenerProblem.TOO_MANY_LISTENERS, () -> lab.open(ECHO));
        assertThat(lab.listeners.list("n3", 2))
                .extracting(ListenerStatus::name)
                .containsExactly("n4", "n5");
    }

    @Test
    void nothingIsChangedWhenTheStoreRefuses() throws Exception {
        MemoryListenerStore broken = new MemoryListenerStore();
        try (ListenerLab other = new ListenerLab(broken, 10)) {
            InetSocketAddress address = other.open(ECHO);
            broken.failing = true;
            ListenerSpec closing = ListenerLab.spec(CLOSE);
            ListenerSpec elsewhere = closing.withBind(new InetSocketAddress("127.0.0.2", 0));
            for (ListenerSpec spec : List.of(closing, elsewhere, closing.withBacklog(7))) {
                assertThatIllegalStateException()
                        .isThrownBy(() -> other.listeners.replace(spec, _ -> {}));
                assertThat(other.status().address()).isEqualTo(address);
                assertThat(other.status().definition().spec().behaviour()).isEqualTo(ECHO);
                assertThat(other.descriptors.used()).isOne();
            }
            ListenerSpec second = ListenerSpec.of("b", ListenerLab.ANY_PORT, ECHO);
            assertThatIllegalStateException().isThrownBy(() -> other.listeners.create(second));
            assertThatIllegalStateException()
                    .isThrownBy(() -> other.listeners.delete("a", _ -> {}));
            assertThat(other.listeners.all()).hasSize(1);
            assertThat(other.descriptors.used()).isOne();
        }
    }

    @Test
    void nothingStaysOpenWhenDescriptorsAreTooFewToFillTheQueue() throws Exception {
        try (ListenerLab small = new ListenerLab(new MemoryListenerStore(), 3)) {
            ListenerSpec spec = ListenerLab.spec(new Behaviour.QueueFull()).withBacklog(5);
            refuses(ListenerProblem.NO_DESCRIPTORS, () -> small.open(spec));
            assertThat(small.descriptors.used()).isZero();
            assertThat(small.listeners.all()).isEmpty();
            assertThat(small.store.all()).isEmpty();
        }
    }

    @Test
    void connectionsWaitAndNothingSpinsWhenTheBudgetIsUsedUp() throws Exception {
        try (ListenerLab small = new ListenerLab(new MemoryListenerStore(), 2)) {
            InetSocketAddress address = small.open(ECHO);
            Socket first = small.connect(address);
            Socket second = small.connect(address);
            second.getOutputStream().write(7);
            await().until(() -> small.status().connections().exhausted() >= 2);
            assertThat(small.status().queue().length()).isOne();
            first.close();
            assertThat(second.getInputStream().read()).isEqualTo(7);
            assertThat(small.status().connections().exhausted()).isLessThan(50);
        }
    }

    @Test
    void fixedPortComesBackWhenTheServiceRestarts() throws Exception {
        InetSocketAddress address = lab.open(ECHO);
        replace(ListenerLab.spec(ECHO).withBind(address));
        lab.listeners.close();
        try (ListenerLab restarted = new ListenerLab(lab.store, 10)) {
            restarted.listeners.reopen();
            assertThat(restarted.status().address()).isEqualTo(address);
            assertThat(restarted.status().previousAddress()).isNull();
        }
    }

    @Test
    void newPortIsToldWhenTheServiceRestartsWithAnyPort() throws Exception {
        InetSocketAddress before = new InetSocketAddress(LOOPBACK, 1);
        lab.store.save(new StoredListener(ListenerLab.spec(ECHO), Instant.now(), true, before));
        lab.listeners.reopen();
        assertThat(lab.status().previousAddress()).isEqualTo(before);
        assertThat(lab.status().state()).isEqualTo(ListenerState.PAUSED);
        assertThat(lab.store.all().getFirst().address()).isEqualTo(lab.status().address());
    }

    @Test
    void listenerHasFailedAndIsTriedAgainWhenItsPortIsTakenAtRestart() throws Exception {
        try (ServerSocket other = new ServerSocket(0, 1, LOOPBACK)) {
            ListenerSpec spec =
                    ListenerLab.spec(ECHO)
                            .withBind((InetSocketAddress) other.getLocalSocketAddress());
            lab.store.save(new StoredListener(spec, Instant.now(), false, null));
            lab.listeners.reopen();
            assertThat(lab.status().state()).isEqualTo(ListenerState.FAILED);
            assertThat(lab.status().failure().problem()).isEqualTo(ListenerProblem.ADDRESS_IN_USE);
            ListenerEvent.Changed told = lab.next(ListenerEvent.Changed.class);
            assertThat(told.change()).isEqualTo(ListenerChange.FAILED);
            assertThat(told.problem()).isEqualTo(ListenerProblem.ADDRESS_IN_USE);
        }
        await().until(() -> lab.status().state() == ListenerState.LISTENING);
    }

    @Test
    void listenerHasFailedWithTheReasonWhenItsRowCannotBeRead() {
        StoredListener row =
                new StoredListener(
                        ListenerLab.spec(ECHO), Instant.now(), false, null, "of 2031", null);
        lab.store.save(row);
        lab.listeners.reopen();
        assertThat(lab.status().state()).isEqualTo(ListenerState.FAILED);
        assertThat(lab.status().failure().detail()).isEqualTo("of 2031");
        lab.listeners.setPaused(lab.status().name(), true);
        assertThat(lab.store.all()).containsExactly(row);
        replace(ListenerLab.spec(ECHO));
        assertThat(lab.status().state()).isEqualTo(ListenerState.LISTENING);
    }

    @Test
    void listenerKeepsItsAddressAndCanBeChangedWhileItsInterfaceIsGone() {
        InetSocketAddress gone = InetSocketAddress.createUnresolved("fe80::1%gone0", 7001);
        ListenerSpec spec = ListenerLab.spec(ECHO).withBind(gone);
        lab.store.save(new StoredListener(spec, Instant.now(), false, null));
        lab.listeners.reopen();
        assertThat(lab.status().failure().problem())
                .isEqualTo(ListenerProblem.ADDRESS_NOT_AVAILABLE);
        replace(spec.withBehaviour(CLOSE));
        assertThat(lab.status().state()).isEqualTo(ListenerState.FAILED);
        assertThat(lab.store.all().getFirst().spec()).isEqualTo(spec.withBehaviour(CLOSE));
    }

    @Test
    void listenerOpensWhenItsInterfaceIsThere() {
        InetSocketAddress kept = InetSocketAddress.createUnresolved("::1%lo", 0);
        lab.store.save(
                new StoredListener(
                        ListenerLab.spec(ECHO).withBind(kept), Instant.now(), false, null));
        lab.listeners.reopen();
        assertThat(lab.status().state()).isEqualTo(ListenerState.LISTENING);
    }

    @Test
    void listenerStaysClosedWhenItsTimeIsOverAtRestart() {
        Instant longAgo = Instant.now().minusSeconds(60);
        ListenerSpec spec = ListenerLab.spec(ECHO).withTtl(Duration.ofSeconds(30));
        lab.store.save(new StoredListener(spec, longAgo, false, null));
        lab.listeners.reopen();
        assertThat(lab.status().state()).isEqualTo(ListenerState.EXPIRED);
    }

    @Test
    void noDescriptorLeaksWhenListenersComeAndGo() throws Exception {
        lab.open(ECHO);
        long before = openDescriptors();
        Behaviour[] behaviours = {CLOSE, ECHO, new Behaviour.Stall(), new Behaviour.NeverAccept()};
        for (int i = 0; i < 1_200; i++) {
            replace(ListenerLab.spec(behaviours[i % behaviours.length]));
        }
        for (int i = 0; i < 800; i++) {
            lab.open(ListenerSpec.of("b", ListenerLab.ANY_PORT, ECHO));
            lab.listeners.delete("b", _ -> {});
        }
        replace(ListenerLab.spec(ECHO));
        assertThat(openDescriptors()).isLessThanOrEqualTo(before + 2);
        assertThat(lab.descriptors.used()).isOne();
    }

    private static long openDescriptors() {
        return ((UnixOperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
                .getOpenFileDescriptorCount();
    }

    private ListenerStatus replace(ListenerSpec spec) {
        return lab.listeners.replace(spec, _ -> {}).status();
    }

    private void refusesBind(ListenerProblem problem, InetSocketAddress bind) {
        refuses(problem, () -> lab.open(ListenerLab.spec(ECHO).withBind(bind)));
        assertThat(lab.listeners.all()).isEmpty();
        assertThat(lab.descriptors.used()).isZero();
    }

    private static void refuses(ListenerProblem problem, Runnable request) {
        assertThatExceptionOfType(ListenerException.class)
                .isThrownBy(request::run)
                .extracting(ListenerException::problem)
                .isEqualTo(problem);
    }
}
