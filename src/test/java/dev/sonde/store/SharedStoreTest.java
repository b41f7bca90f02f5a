package dev.sonde.store;

import static dev.sonde.store.Samples.SPEC;
import static dev.sonde.store.Samples.START;
import static dev.sonde.store.Samples.definition;
import static dev.sonde.store.Samples.result;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.sonde.listen.spec.Behaviour;
import dev.sonde.listen.spec.ForeignListeners;
import dev.sonde.listen.spec.ListenerSpec;
import dev.sonde.listen.spec.StoredListener;
import dev.sonde.memory.HeapShare;
import dev.sonde.probe.finding.ProbeHealth;
import dev.sonde.probe.finding.ProbeState;
import dev.sonde.probe.finding.Transition;
import dev.sonde.probe.keeping.ForeignChanges;
import dev.sonde.probe.keeping.HeldElsewhereException;
import dev.sonde.probe.keeping.HistoryQuery;
import dev.sonde.probe.keeping.OutdatedDefinitionsException;
import dev.sonde.probe.keeping.StoreMark;
import dev.sonde.probe.keeping.StoredProbe;
import dev.sonde.probe.spec.ProbeDefinition;
import dev.sonde.store.buffer.HistoryBuffer;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Two replicas on one PostgreSQL.
class SharedStoreTest {

    private static EmbeddedPostgres postgres;
    private static TestDatabase db;

    private SharedProbeStore one;
    private SharedProbeStore two;

    @BeforeAll
    static void start() throws IOException {
        postgres = EmbeddedPostgres.start();
        db = TestDatabase.postgres(postgres.getJdbcUrl("postgres", "postgres"));
    }

    @AfterAll
    static void stop() throws IOException {
        db.close();
        postgres.close();
    }

    @BeforeEach
    void open() {
        db.clear();
        one = store(START);
        two = store(START);
    }

    @Test
    void changeIsReadByTheOtherReplicaAlone() {
        one.save(List.of(definition("a"), definition("b")), List.of());
        assertThat(one.foreignChanges().isEmpty()).isTrue();
        assertThat(two.foreignChanges().there())
                .extracting(stored -> stored.definition().name())
                .containsExactlyInAnyOrder("a", "b");
        assertThat(two.foreignChanges().isEmpty()).isTrue();
    }

    @Test
    void furtherRowsAreInOneTransactionWhenNoProbeChanges() {
        Runnable failing =
                () -> {
                    db.change("insert into set_source values ('set', '[]', 0)");
                    throw new IllegalStateException("no more");
                };
        assertThatIllegalStateException()
                .isThrownBy(() -> one.change(List.of(), List.of(), List.of(), failing));
        assertThat(db.count("set_source")).isZero();
    }

    @Test
    void deletionIsReadWhenTheOtherReplicaMakesIt() {
        one.save(List.of(definition("a")), List.of());
        one.delete("a");
        ForeignChanges changes = two.foreignChanges();
        assertThat(changes.gone()).containsExactly("a");
        assertThat(changes.there()).isEmpty();
    }

    @Test
    void nothingIsChangedWhenTheOtherReplicaWasFaster() {
        one.save(List.of(definition("a")), List.of());
        assertThatExceptionOfType(OutdatedDefinitionsException.class)
                .isThrownBy(() -> two.save(List.of(definition("b")), List.of()));
        assertThat(load(one)).hasSize(1);
        assertThat(two.foreignChanges().there()).hasSize(1);
        two.save(List.of(definition("b")), List.of());
        assertThat(load(one)).hasSize(2);
    }

    @Test
    void allChangesAreReadWhenThereWereMany() {
        ProbeDefinition latest = definition("a");
        one.save(List.of(latest), List.of());
        for (int i = 0; i < 70; i++) {
            latest = latest.replace(SPEC.withPaused(i % 2 == 0), START);
            one.save(List.of(), List.of(latest));
        }
        List<StoredProbe> read = new ArrayList<>();
        for (ForeignChanges next = two.foreignChanges();
                !next.isEmpty();
                next = two.foreignChanges()) {
            read.addAll(next.there());
        }
        assertThat(read.getLast().definition()).isEqualTo(latest);
    }

    @Test
    void allHasToBeReadAgainWhenChangesAreNoLongerListed() {
        ProbeDefinition latest = definition("a");
        one.save(List.of(latest), List.of());
        SharedProbeStore later = store(START.plus(Duration.ofHours(2)));
        for (int i = 0; i < 100; i++) {
            latest = latest.replace(SPEC.withPaused(i % 2 == 0), START);
            later.save(List.of(), List.of(latest));
        }
        assertThat(two.foreignChanges().isTooFarBehind()).isTrue();
        assertThat(load(two)).hasSize(1);
        assertThat(two.foreignChanges().isEmpty()).isTrue();
    }

    @Test
    void newerStateStaysWhenTwoReplicasDecideAtOnce() {
        one.save(List.of(definition("a")), List.of());
        write(transition(ProbeState.UP, 5));
        write(transition(ProbeState.DOWN, 3));
        Map<String, ProbeHealth> states = new HashMap<>();
        two.statesSince(START, null, states::put);
        assertThat(states)
                .containsExactly(
                        Map.entry("a", new ProbeHealth(ProbeState.UP, START.plusSeconds(5), 0)));
        states.clear();
        two.statesSince(START.plusSeconds(6), null, states::put);
        assertThat(states).isEmpty();
    }

    @Test
    void stateIsReadOnceWhenTheMarkIsKept() {
        one.save(List.of(definition("a")), List.of());
        write(transition(ProbeState.UP, 5));
        StoreMark mark = two.statesSince(START, null, (_, _) -> {});
        assertThat(statesWrittenAfter(mark)).isEmpty();
        write(transition(ProbeState.DOWN, 6));
        assertThat(statesWrittenAfter(mark)).containsOnlyKeys("a");
    }

    /// Another transaction began later and ends earlier.
    @Test
    void stateIsReadWhenItsTransactionHadNotEndedAtTheMark() throws SQLException {
        one.save(List.of(definition("a")), List.of());
        write(transition(ProbeState.UP, 5));
        try (Connection open = postgres.getPostgresDatabase().getConnection();
                Statement statement = open.createStatement()) {
            open.setAutoCommit(false);
            statement.executeUpdate("update probe_state set since = since + 1");
            one.save(List.of(definition("b")), List.of());
            StoreMark mark = two.statesSince(START, null, (_, _) -> {});
            open.commit();
            assertThat(statesWrittenAfter(mark)).containsOnlyKeys("a");
        }
    }

    /// A server that took over may give numbers of transactions once more.
    @Test
    void allStatesAreReadWhenTheMarkIsOfAnotherServer() {
        one.save(List.of(definition("a")), List.of());
        write(transition(ProbeState.UP, 5));
        StoreMark mark = two.statesSince(START, null, (_, _) -> {});
        StoreMark other = new StoreMark(mark.transaction() + 1_000, "another");
        assertThat(statesWrittenAfter(other)).containsOnlyKeys("a");
    }

    private Map<String, ProbeHealth> statesWrittenAfter(StoreMark mark) {
        Map<String, ProbeHealth> states = new HashMap<>();
        two.statesSince(START, mark, states::put);
        return states;
    }

    @Test
    void resultCarriesItsReplicaWhenKept() {
        one.save(List.of(definition("a")), List.of());
        ResultWriter writer = writer();
        writer.accept(result("a", 1).withReplica("sonde-1"));
        writer.writeBatch();
        assertThat(new SqlProbeHistory(db.database).results("a", HistoryQuery.newest(1)).items())
                .containsExactly(result("a", 1).withReplica("sonde-1"));
    }

    @Test
    void listenerIsHeldByOneReplica() {
        SharedListenerStore first = new SharedListenerStore(db.database, "sonde-0");
        SharedListenerStore second = new SharedListenerStore(db.database, "sonde-1");
        first.save(listener(4_000));
        first.save(listener(4_001));
        assertThat(first.all()).containsExactly(listener(4_001));
        assertThat(
                        new SqlForeignListeners(db.database, "sonde-0", Clock.systemUTC())
                                .otherHolder("a"))
                .isEmpty();
        assertThat(second.all()).isEmpty();
        assertThat(
                        new SqlForeignListeners(db.database, "sonde-1", Clock.systemUTC())
                                .otherHolder("a"))
                .contains("sonde-0");
        assertThatExceptionOfType(HeldElsewhereException.class)
                .isThrownBy(() -> second.save(listener(4_002)))
                .extracting(HeldElsewhereException::holder)
                .isEqualTo("sonde-0");
        second.delete("a");
        assertThat(first.all()).hasSize(1);
    }

    /// Its holder opens it and then keeps its address, while another replica changes its set.
    @Test
    void addressOfARowThatHasChangedIsNotKept() {
        SharedListenerStore holder = new SharedListenerStore(db.database, "sonde-0");
        ForeignListeners other = new SqlForeignListeners(db.database, "sonde-1", Clock.systemUTC());
        holder.save(listener(4_000));
        StoredListener read = holder.all().getFirst();
        InetSocketAddress moved = listener(4_001).spec().bind();

        holder.saveAddress(read, moved);
        assertThat(holder.all()).containsExactly(read.withAddress(moved));

        other.save(listener(4_002).spec(), "set", "sonde-0");
        holder.saveAddress(read, moved);
        assertThat(holder.all())
                .extracting(StoredListener::spec)
                .containsExactly(listener(4_002).spec());

        other.delete("a", "sonde-0");
        holder.saveAddress(read, moved);
        assertThat(holder.all()).isEmpty();
    }

    private static StoredListener listener(int port) {
        InetSocketAddress bind = new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), port);
        ListenerSpec spec = ListenerSpec.of("a", bind, new Behaviour.Echo(Duration.ZERO));
        return new StoredListener(spec, START, false, bind);
    }

    private static void write(Transition transition) {
        ResultWriter writer = writer();
        writer.accept(transition);
        writer.writeBatch();
    }

    private static ResultWriter writer() {
        return new ResultWriter(
                HistoryTables.ofReplica(db.database, db.rollups(), db.presented(), null),
                db.ids(),
                Clock.systemUTC(),
                new HistoryBuffer.Limits(10_000, new HeapShare("buffer", 1L << 30)),
                Duration.ofMillis(10));
    }

    private static Transition transition(ProbeState to, long second) {
        return new Transition(
                "a",
                ProbeState.PENDING,
                to,
                START.plusSeconds(second),
                Transition.Cause.of(result("a", second)));
    }

    /// A replica that has read all there is.
    private static SharedProbeStore store(Instant now) {
        SharedProbeStore store =
                new SharedProbeStore(
                        db.database,
                        new SqlProbeStore(db.database, db.ids()),
                        Clock.fixed(now, ZoneOffset.UTC));
        store.forEach(_ -> {});
        return store;
    }

    private static List<StoredProbe> load(SharedProbeStore store) {
        List<StoredProbe> loaded = new ArrayList<>();
        store.forEach(loaded::add);
        return loaded;
    }
}
