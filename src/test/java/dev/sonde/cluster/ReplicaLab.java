package dev.sonde.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sonde.cluster.member.MemberKeys;
import dev.sonde.lab.Endpoints;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/// A PostgreSQL, a server that probes connect to, and replicas in processes of their own with
/// mutual TLS between them.
final class ReplicaLab implements AutoCloseable {

    static final String DATABASE = "--spring.datasource.url=";
    static final Duration LONG = Duration.ofMinutes(3);

    private final Path directory;
    private final Duration interval;
    private final int databasePort;
    private final ServerSocket target;
    private final List<String> arguments;
    private final List<String> java = new ArrayList<>();
    private final Map<String, ReplicaProcess> running = new TreeMap<>();
    private EmbeddedPostgres postgres;

    ReplicaLab(Path directory, Duration interval, Duration failureTimeout) throws Exception {
        this.directory = directory;
        this.interval = interval;
        this.databasePort = Endpoints.freePort();
        this.postgres = openDatabase();
        this.target = listen(0);
        this.arguments =
                new ArrayList<>(MemberKeys.make(directory.resolve("members.p12")).arguments());
        arguments.addAll(
                List.of(
                        "--sonde.cluster.enabled=true",
                        "--sonde.cluster.port=0",
                        "--sonde.cluster.failure-timeout=" + failureTimeout.toSeconds() + "s",
                        DATABASE + postgres.getJdbcUrl("postgres", "postgres"),
                        "--spring.datasource.username=postgres",
                        "--spring.datasource.hikari.connection-timeout=3000"));
    }

    /// Settings that all replicas have in common.
    List<String> arguments() {
        return arguments;
    }

    /// Options of the JVM of all replicas that start from now on.
    List<String> java() {
        return java;
    }

    /// Starts a replica; it takes seconds until it answers.
    ReplicaProcess start(String name, String... more) throws IOException {
        List<String> all = new ArrayList<>(arguments);
        all.add("--sonde.replica=" + name);
        all.addAll(List.of(more));
        ReplicaProcess started =
                new ReplicaProcess(
                        directory.resolve(name),
                        java,
                        Path.of("target", "replica-" + name + ".log"),
                        all);
        running.put(name, started);
        return started;
    }

    ReplicaProcess get(String name) {
        return Objects.requireNonNull(running.get(name));
    }

    /// The replica leaves in order.
    void stop(String name) throws IOException, InterruptedException {
        ReplicaProcess gone = Objects.requireNonNull(running.remove(name));
        gone.signal("TERM");
        gone.awaitEnd();
    }

    /// The replica ends at once.
    void kill(String name) throws IOException, InterruptedException {
        Objects.requireNonNull(running.remove(name)).signal("KILL");
    }

    /// Until the running replicas see just each other, and own everything.
    void awaitTogether() {
        await().atMost(LONG)
                .pollInterval(Duration.ofMillis(50))
                .until(() -> areTogether(running.values().stream().map(ReplicaProcess::status)));
    }

    static boolean areTogether(Stream<Optional<ClusterStatus>> statuses) {
        List<Optional<ClusterStatus>> all = statuses.toList();
        return all.stream()
                        .allMatch(
                                one -> one.isPresent() && one.get().members().size() == all.size())
                && all.stream()
                                .flatMap(Optional::stream)
                                .mapToInt(ClusterStatus::partitionsOwned)
                                .sum()
                        == Rendezvous.PARTITIONS;
    }

    /// Creates probes, which all connect to the lab's server.
    ///
    /// @param port of the API of one replica
    void create(int port, int probes) throws IOException, InterruptedException {
        create(port, 0, probes);
    }

    /// The same for the probes with some numbers.
    ///
    /// @param to exclusive
    void create(int port, int from, int to) throws IOException, InterruptedException {
        StringBuilder lines = new StringBuilder();
        for (int i = from; i < to; i++) {
            lines.append(
                    """
                    {"name":"probe-%d","target":"127.0.0.1:%d","interval":"%ds",\
                    "settings":{"timeout":"2s","close":"rst"}}
                    """
                            .formatted(i, target.getLocalPort(), interval.toSeconds()));
        }
        URI bulk = URI.create("http://127.0.0.1:" + port + "/api/v1/probes/bulk");
        try (HttpClient http = HttpClient.newHttpClient()) {
            HttpRequest request =
                    HttpRequest.newBuilder(bulk)
                            .header("Content-Type", "application/x-ndjson")
                            .POST(HttpRequest.BodyPublishers.ofString(lines.toString()))
                            .build();
            assertThat(http.send(request, BodyHandlers.ofString()).body())
                    .contains("\"created\":" + (to - from));
        }
    }

    /// Lets each probe run so many times.
    Instant pause(int intervals) {
        Instant until = Instant.now().plus(interval.multipliedBy(intervals));
        await().atMost(LONG).until(() -> Instant.now().isAfter(until));
        return Instant.now();
    }

    void closeDatabase() throws IOException {
        postgres.close();
    }

    EmbeddedPostgres openDatabase() throws IOException {
        postgres =
                EmbeddedPostgres.builder()
                        .setPort(databasePort)
                        .setDataDirectory(directory.resolve("postgres"))
                        .setCleanDataDirectory(false)
                        .start();
        return postgres;
    }

    /// The runs so far that the database has.
    RunLedger ledger() throws Exception {
        return new RunLedger(postgres.getPostgresDatabase(), interval);
    }

    /// A new database beside that of the others, and the argument that names it.
    String openDatabase(String name) throws SQLException {
        try (Connection connection = postgres.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("create database " + name);
        }
        return DATABASE + postgres.getJdbcUrl("postgres", name);
    }

    /// The runs so far that another database has.
    RunLedger ledger(String name) throws Exception {
        return new RunLedger(postgres.getDatabase("postgres", name), interval);
    }

    /// Ends all replicas in order, so that every result is written, and reads the runs.
    RunLedger finish() throws Exception {
        for (String name : List.copyOf(running.keySet())) {
            stop(name);
        }
        return ledger();
    }

    /// Results of the running replicas that found no room before the database.
    double lost() {
        return running.values().stream().mapToDouble(replica -> replica.store("lost")).sum();
    }

    static void tell(String text) {
        System.out.println("replicas: " + text);
    }

    /// Accepts and closes connections on a port, until it is closed.
    static ServerSocket listen(int port) throws IOException {
        ServerSocket opened = new ServerSocket(port, 1_000, InetAddress.ofLiteral("127.0.0.1"));
        Thread.ofPlatform().daemon().start(() -> accept(opened));
        return opened;
    }

    private static void accept(ServerSocket opened) {
        while (!opened.isClosed()) {
            try (Socket accepted = opened.accept()) {
                assertThat(accepted.isConnected()).isTrue();
            } catch (IOException _) {
                // The test is over, or a prober was faster with its RST.
            }
        }
    }

    @Override
    public void close() throws IOException {
        running.values().forEach(ReplicaProcess::close);
        target.close();
        postgres.close();
    }
}
