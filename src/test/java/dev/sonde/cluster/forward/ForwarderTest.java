package dev.sonde.cluster.forward;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import dev.sonde.cluster.ClusterStatus;
import dev.sonde.cluster.Replicas;
import dev.sonde.cluster.member.MemberKeys;
import dev.sonde.cluster.member.Peer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Requests to a replica that does not answer: its port takes connections, and reads nothing.
class ForwarderTest {

    private static final ForwardedCall CALL = ForwardedCall.get("/api/v1/checks", Map.of());

    @TempDir private static Path directory;
    private static SSLContext tls;

    private final List<UUID> present = new CopyOnWriteArrayList<>();
    private final Replicas replicas = new Members(present);
    private ServerSocket silent;
    private Holder holder;

    @BeforeAll
    static void makeKeys() throws IOException, GeneralSecurityException {
        tls = MemberKeys.make(directory.resolve("members.p12")).context();
    }

    @BeforeEach
    void open() throws IOException {
        silent = new ServerSocket(0, 2_000, InetAddress.getLoopbackAddress());
        holder = new Holder(UUID.randomUUID(), "two", "127.0.0.1:" + silent.getLocalPort());
        present.add(holder.member());
    }

    @AfterEach
    void close() throws IOException {
        silent.close();
    }

    @Test
    void thousandRequestsToASilentReplicaHoldAsManyConnectionsAsAreAllowed() throws Exception {
        try (Forwarder forwarder = new Forwarder(replicas, () -> tls, 8);
                ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<ForwardedAnswer>> calls =
                    IntStream.range(0, 1_000)
                            .mapToObj(_ -> callers.submit(() -> forwarder.send(holder, CALL)))
                            .toList();
            await().until(() -> forwarder.figures().refused() > 900);
            assertThat(forwarder.figures().open()).isBetween(1, 8);
            present.clear();
            await().until(() -> calls.stream().allMatch(Future::isDone));
            assertThat(calls).allMatch(call -> call.state() == Future.State.FAILED);
            assertThat(forwarder.figures().open()).isZero();
        }
    }

    @Test
    void silentReplicaCostsAListASecond() throws Exception {
        try (Forwarder forwarder = new Forwarder(replicas, () -> tls, 8)) {
            assertThat(Gathering.gather(forwarder, List.of(holder), CALL))
                    .containsExactly(new Gathered("two", null));
            await().until(() -> forwarder.figures().open() == 0);
        }
    }

    @Test
    void replicaThatIsGoneIsNotAsked() {
        try (Forwarder forwarder = new Forwarder(replicas, () -> tls, 8)) {
            present.clear();
            assertThatExceptionOfType(ForwardException.class)
                    .isThrownBy(() -> forwarder.send(holder, CALL))
                    .returns(ForwardException.Reason.GONE, ForwardException::reason);
        }
    }

    @Test
    void replicaThatRefusesConnectionsIsUnreachable() throws IOException {
        silent.close();
        try (Forwarder forwarder = new Forwarder(replicas, () -> tls, 8)) {
            assertThatExceptionOfType(ForwardException.class)
                    .isThrownBy(() -> forwarder.send(holder, CALL))
                    .returns(ForwardException.Reason.UNREACHABLE, ForwardException::reason);
        }
    }

    /// The others, as a test chooses them.
    private record Members(List<UUID> others) implements Replicas {

        @Override
        public String ownerOf(String probe) {
            return "one";
        }

        @Override
        public Optional<Peer> makerOf(UUID id) {
            return Optional.empty();
        }

        @Override
        public Optional<Peer> named(String name) {
            return Optional.empty();
        }

        @Override
        public String nameOf(UUID member) {
            return "two";
        }

        @Override
        public Optional<ClusterStatus> status() {
            return Optional.empty();
        }
    }
}
