package dev.sonde.store;

import static dev.sonde.store.Samples.REFUSED;
import static dev.sonde.store.Samples.SPEC;
import static dev.sonde.store.Samples.START;
import static dev.sonde.store.Samples.definition;
import static dev.sonde.store.Samples.listener;
import static dev.sonde.store.Samples.result;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.sonde.dialogue.DialogueStep;
import dev.sonde.dialogue.Payload;
import dev.sonde.history.DroppedResults;
import dev.sonde.history.HistorySearch;
import dev.sonde.history.Incident;
import dev.sonde.history.Presented;
import dev.sonde.listen.spec.Behaviour;
import dev.sonde.listen.spec.ListenerSpec;
import dev.sonde.listen.spec.StoredListener;
import dev.sonde.listen.spec.WaitingRows;
import dev.sonde.memory.HeapShare;
import dev.sonde.probe.finding.AttemptResult;
import dev.sonde.probe.finding.CertificateFacts;
import dev.sonde.probe.finding.ProbeHealth;
import dev.sonde.probe.finding.ProbeResult;
import dev.sonde.probe.finding.ProbeState;
import dev.sonde.probe.finding.TlsReport;
import dev.sonde.probe.finding.Transition;
import dev.sonde.probe.keeping.DefinitionBytes;
import dev.sonde.probe.keeping.HistoryQuery;
import dev.sonde.probe.keeping.Page;
import dev.sonde.probe.keeping.ResultIds;
import dev.sonde.probe.keeping.StoredProbe;
import dev.sonde.probe.path.Asked;
import dev.sonde.probe.path.Findings;
import dev.sonde.probe.path.LateEvidence;
import dev.sonde.probe.path.Question;
import dev.sonde.probe.spec.AddressFamily;
import dev.sonde.probe.spec.AddressSelection;
import dev.sonde.probe.spec.ClientIdentity;
import dev.sonde.probe.spec.CloseMode;
import dev.sonde.probe.spec.DialogueSettings;
import dev.sonde.probe.spec.FloodSettings;
import dev.sonde.probe.spec.Handshake;
import dev.sonde.probe.spec.HoldSettings;
import dev.sonde.probe.spec.ObserveSettings;
import dev.sonde.probe.spec.ProbeDefinition;
import dev.sonde.probe.spec.ProbeSettings;
import dev.sonde.probe.spec.ProbeSpec;
import dev.sonde.probe.spec.SourceAddress;
import dev.sonde.probe.spec.Target;
import dev.sonde.probe.spec.Thresholds;
import dev.sonde.probe.spec.TlsSettings;
import dev.sonde.probe.spec.TlsTrust;
import dev.sonde.probe.spec.TlsVersion;
import dev.sonde.store.buffer.HistoryBuffer;
import dev.sonde.store.bytes.StoredDefinitionBytes;
import dev.sonde.store.incident.SqlIncidentHistory;
import dev.sonde.store.presented.SqlPresentedHistory;
import dev.sonde.store.rollup.RawRuns;
import dev.sonde.tls.ClientAuth;
import dev.sonde.tls.TlsServerSettings;
import dev.sonde.tls.certificate.TlsAlert;
import dev.sonde.tls.certificate.TlsFault;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What holds of the store on every database.
@SuppressWarnings("NullAway") // a null fails the test
abstract class StoreContract {

    private static final Clock CLOCK = Clock.fixed(START, ZoneOffset.UTC);

    private TestDatabase db;
    private ResultIds ids;
    private SqlProbeStore probes;
    private SqlProbeHistory history;
    private SqlListenerStore listeners;
    private ResultWriter writer;

    abstract TestDatabase database();

    @BeforeEach
    void open() {
        db = database();
        db.refuse(false);
        db.clear();
        ids = db.ids();
        probes = new SqlProbeStore(db.database, ids);
        history = new SqlProbeHistory(db.database);
        listeners = new SqlListenerStore(db.database);
        writer = writer(10_000);
    }

    @Test
    void stepsAreTheSameWhenLoaded() {
        Duration second = Duration.ofSeconds(1);
        ProbeSettings settings =
                ProbeSettings.DEFAULT.withSteps(
                        List.of(
                                new TlsSettings(
                                        "db.example",
                                        List.of("h2"),
                                        TlsVersion.TLS_1_3,
                                        null,
                                        new TlsTrust.Bundle("certificates"),
                                        new ClientIdentity.Issued("client-a")),
                                DialogueSettings.of(
                                        List.of(
                                                DialogueStep.expect("^(?P<a>\\d)\r\n")
                                                        .rejecting("x"),
                                                DialogueStep.send("${a}"),
                                                DialogueStep.expectBytes(new Payload("AA==", true)),
                                                DialogueStep.delay(second),
                                                DialogueStep.tls())),
                                new ObserveSettings(second, Duration.ZERO, Payload.text("PING")),
                                new HoldSettings(
                                        second,
                                        new HoldSettings.Keepalive(second, second, 3),
                                        second,
                                        new HoldSettings.Sending(second, 20)),
                                new FloodSettings(8, second, second)));
        ProbeSpec spec =
                new ProbeSpec(
                        SPEC.target(),
                        Duration.ofMinutes(1),
                        settings,
                        null,
                        Map.of(),
                        false,
                        Thresholds.DEFAULT);
        ProbeDefinition saved =
                ProbeDefinition.create("a", spec, Instant.parse("2026-11-20T10:00:00.123456789Z"));
        save(saved);
        assertThat(load())
                .containsExactly(new StoredProbe(saved, ProbeHealth.pending(saved.createdAt())));
    }

    @Test
    void definitionIsTheSameWhenLoaded() {
        ProbeSettings settings =
                new ProbeSettings(
                        Duration.ofMillis(1_500),
                        AddressSelection.EACH,
                        AddressFamily.PREFER_IPV6,
                        SourceAddress.parse("::1"),
                        CloseMode.RST,
                        Handshake.HALF_OPEN);
        ProbeSpec spec =
                new ProbeSpec(
                        SPEC.target(),
                        Duration.ofMinutes(1),
                        settings,
                        null,
                        Map.of("team", "payments", "env", "prod \"ä\""),
                        true,
                        new Thresholds(1, 10));
        ProbeDefinition saved =
                ProbeDefinition.create("a", spec, Instant.parse("2026-11-20T10:00:00.123456789Z"));
        save(saved);
        assertThat(load())
                .containsExactly(new StoredProbe(saved, ProbeHealth.pending(saved.createdAt())));
    }

    @Test
    void definitionKeepsItsModuleWhenItsSettingsHaveAName() {
        ProbeSpec spec =
                new ProbeSpec(
                        SPEC.target(),
                        Duration.ofSeconds(1),
                        ProbeSettings.DEFAULT,
                        "tcp_connect",
                        Map.of(),
                        true,
                        new Thresholds(1, 10));
        ProbeDefinition saved = ProbeDefinition.create("a", spec, START);
        save(saved);
        assertThat(load()).extracting(StoredProbe::definition).containsExactly(saved);
    }

    @Test
    void definitionIsReplacedAndDeleted() {
        save(definition("a"), definition("b"));
        ProbeDefinition next = definition("a").replace(SPEC.withPaused(true), START.plusSeconds(1));
        probes.save(List.of(), List.of(next));
        probes.delete("b");
        assertThat(load()).extracting(StoredProbe::definition).containsExactly(next);
    }

    @Test
    void nothingIsSavedWhenOneOfManyIsRefused() {
        save(definition("b"));
        List<ProbeDefinition> both = List.of(definition("a"), definition("b"));
        assertThatThrownBy(() -> probes.save(both, List.of())).isInstanceOf(RuntimeException.class);
        assertThat(load()).hasSize(1);
    }

    @Test
    void everyDefinitionIsLoadedWhenThereAreManyPages() {
        save(
                IntStream.range(0, 10_001)
                        .mapToObj(i -> definition("probe-" + i))
                        .toArray(ProbeDefinition[]::new));
        assertThat(load()).doesNotHaveDuplicates().hasSize(10_001);
    }

    @Test
    void stateIsThatOfTheLastTransitionWhenLoaded() {
        save(definition("a"));
        writer.accept(transition("a", ProbeState.PENDING, ProbeState.UP, 1));
        writer.accept(transition("a", ProbeState.UP, ProbeState.DOWN, 2));
        assertThat(writer.writeBatch()).isTrue();
        assertThat(load())
                .extracting(StoredProbe::health)
                .containsExactly(new ProbeHealth(ProbeState.DOWN, START.plusSeconds(2), 0));
    }

    @Test
    void transitionsComeNewestFirstInPages() {
        save(definition("a"));
        writer.accept(transition("a", ProbeState.PENDING, ProbeState.UP, 1));
        writer.accept(transition("a", ProbeState.UP, ProbeState.PAUSED, 2));
        writer.writeBatch();
        Page<Transition> first = history.transitions("a", null, 1);
        assertThat(first.items())
                .containsExactly(transition("a", ProbeState.UP, ProbeState.PAUSED, 2));
        Page<Transition> second = history.transitions("a", first.next(), 1);
        assertThat(second.items())
                .containsExactly(transition("a", ProbeState.PENDING, ProbeState.UP, 1));
        assertThat(second.next()).isNull();
    }

    @Test
    void resultsComeNewestFirstInPages() {
        save(definition("a"), definition("b"));
        write(result("a", 1), result("b", 2), result("a", 3), result("a", 4));
        Page<ProbeResult> first = history.results("a", HistoryQuery.newest(2));
        assertThat(first.items()).containsExactly(result("a", 4), result("a", 3));
        Page<ProbeResult> second =
                history.results("a", new HistoryQuery(null, null, null, first.next(), 2));
        assertThat(second.items()).containsExactly(result("a", 1));
        assertThat(second.next()).isNull();
    }

    @Test
    void resultsAreNarrowedByTimeAndOutcome() {
        save(definition("a"));
        write(result("a", 1), result("a", 2, REFUSED), result("a", 3), result("a", 4, REFUSED));
        Instant two = result("a", 2).startedAt();
        Instant four = result("a", 4).startedAt();
        assertThat(history.results("a", new HistoryQuery(two, four, null, null, 10)).items())
                .containsExactly(result("a", 3), result("a", 2, REFUSED));
        assertThat(history.results("a", new HistoryQuery(null, four, "failed", null, 10)).items())
                .containsExactly(result("a", 2, REFUSED));
    }

    @Test
    void queryIsRefusedWhenCursorOrOutcomeIsInvented() {
        save(definition("a"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> history.results("a", new HistoryQuery(null, null, null, "x", 1)));
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> history.results("a", new HistoryQuery(null, null, "odd", null, 1)));
        assertThatIllegalArgumentException().isThrownBy(() -> history.transitions("a", "x", 1));
    }

    @Test
    void historyIsKeptAndTimesAreThoseOfTheClockWhenItWasSetBack() {
        save(definition("a"));
        ProbeResult first = result("a", 1);
        Instant earlier = START.minusSeconds(3_600);
        ProbeResult second =
                new ProbeResult(
                        Samples.id(START.plusSeconds(2)),
                        "a",
                        first.target(),
                        earlier,
                        first.attempts());
        write(first, second);
        writer.accept(
                new Transition(
                        "a",
                        ProbeState.PENDING,
                        ProbeState.UP,
                        earlier,
                        Transition.Cause.of(second)));
        writer.writeBatch();
        assertThat(history.results("a", HistoryQuery.newest(10)).items())
                .containsExactly(second, first);
        assertThat(history.results("a", new HistoryQuery(START, null, null, null, 10)).items())
                .containsExactly(first);
        assertThat(history.results("a", new HistoryQuery(null, START, null, null, 10)).items())
                .containsExactly(second);
        assertThat(history.transitions("a", null, 10).items()).hasSize(1);
        assertThat(load().getFirst().health().state()).isEqualTo(ProbeState.UP);
        assertThat(db.ids().next(START)).isGreaterThan(second.id());
    }

    @Test
    void resultIsFoundByItsId() {
        save(definition("a"));
        ProbeResult result = result("a", 1, REFUSED);
        write(result, result("a", 2));
        assertThat(history.result(result.id())).contains(result);
        assertThat(history.result(Samples.id(START))).isEmpty();
    }

    @Test
    void latestResultsOfManyProbesComeAtOnce() {
        save(definition("a"), definition("b"), definition("never-ran"));
        write(result("a", 1), result("b", 2), result("a", 3), result("a", 4, REFUSED));
        write(result("not-defined", 5));
        assertThat(history.latest(List.of("a", "b", "never-ran", "not-defined")))
                .containsExactlyInAnyOrder(result("a", 4, REFUSED), result("b", 2));
        assertThat(history.latest(List.of())).isEmpty();
    }

    @Test
    void historyIsEmptyWhenTheProbeWasMadeAgain() {
        save(definition("a"));
        ProbeResult old = result("a", 1);
        write(old);
        writer.accept(transition("a", ProbeState.PENDING, ProbeState.UP, 1));
        writer.writeBatch();
        probes.delete("a");
        save(ProbeDefinition.create("a", SPEC, START.plusSeconds(5)));
        assertThat(history.results("a", HistoryQuery.newest(10)).items()).isEmpty();
        assertThat(history.latest(List.of("a"))).isEmpty();
        assertThat(history.transitions("a", null, 10).items()).isEmpty();
        assertThat(load().getFirst().health().state()).isEqualTo(ProbeState.PENDING);
    }

    @Test
    void resultsOfNoScheduledProbeAreNotKept() {
        writer.accept(result(null, 1));
        assertThat(writer.health().buffered()).isZero();
    }

    @Test
    void nothingIsLostWhenTheDatabaseRefusesForAWhile() {
        save(definition("a"));
        db.refuse(true);
        write(result("a", 1), result("a", 2));
        writer.accept(result("a", 3));
        assertThat(writer.health().buffered()).isEqualTo(3);
        assertThat(writer.health().failing()).isEqualTo(START);
        assertThat(writer.health().lastError()).contains("the disk is full");
        db.refuse(false);
        writer.close();
        assertThat(writer.health().failing()).isNull();
        assertThat(writer.health().lost()).isZero();
        assertThat(db.count("result")).isEqualTo(3);
    }

    @Test
    void oldestAreLostAndCountedWhenTheBufferIsFull() {
        save(definition("a"));
        writer = writer(2);
        write(result("a", 1), result("a", 2), result("a", 3));
        assertThat(writer.health().lost()).isEqualTo(1);
        assertThat(history.results("a", HistoryQuery.newest(10)).items())
                .containsExactly(result("a", 3), result("a", 2));
    }

    @Test
    void lossIsCountedWhenTheDatabaseRefusesUntilTheEnd() {
        db.refuse(true);
        writer.accept(result("a", 1));
        writer.close();
        assertThat(writer.health().lost()).isEqualTo(1);
    }

    @Test
    void batchIsWrittenOnceWhenItsAnswerWasLost() {
        save(definition("a"));
        write(result("a", 1));
        write(result("a", 1), result("a", 2));
        assertThat(writer.health().buffered()).isZero();
        assertThat(writer.health().lost()).isZero();
        assertThat(db.count("result")).isEqualTo(2);
    }

    @Test
    void oldResultsAreRemovedBySweep() {
        save(definition("a"));
        ProbeResult[] many =
                IntStream.range(0, 2 * Dialect.ROWS_AT_ONCE + 1)
                        .mapToObj(i -> result("a", i - 10_000))
                        .toArray(ProbeResult[]::new);
        write(many);
        write(result("a", -1));
        retention(Duration.ofSeconds(10), 10_000).sweep();
        assertThat(db.count("result")).isEqualTo(1);
    }

    @Test
    void oldestResultsAreRemovedBySweepWhenTheyAreTooMany() {
        save(definition("a"), definition("b"));
        write(result("a", 1), result("a", 2), result("a", 3), result("b", 4));
        retention(Duration.ofDays(1), 2).sweep();
        assertThat(history.results("a", HistoryQuery.newest(10)).items())
                .containsExactly(result("a", 3), result("a", 2));
        assertThat(history.results("b", HistoryQuery.newest(10)).items()).hasSize(1);
    }

    @Test
    void oldestResultsAreRemovedBySweepAndCountedWhenTheWholeIsTooLarge() {
        save(definition("a"));
        int old = 3 * Dialect.ROWS_AT_ONCE;
        ProbeResult[] many =
                IntStream.range(0, old)
                        .mapToObj(i -> result("a", i - 3 * 86_400L))
                        .toArray(ProbeResult[]::new);
        write(many);
        write(result("a", 1));
        long used = db.database.dialect().usedBytes(db.database);
        DroppedResults dropped = new DroppedResults();
        Retention.Limits limits =
                new Retention.Limits(Duration.ofDays(30), 10_000, RollupContract.KEPT, used - 1);
        new Retention(db.database, CLOCK, limits, dropped).sweep();
        assertThat(dropped.number()).isBetween(1L, (long) old);
        assertThat(db.count("result")).isEqualTo(old + 1 - dropped.number());
        assertThat(history.results("a", HistoryQuery.newest(1)).items())
                .containsExactly(result("a", 1));
    }

    @Test
    void resultsAreRemovedBySweepWhenTheProbeIsNoMore() {
        save(definition("b"));
        write(result("a", 1), result("b", 2), result("c", 3));
        writer.accept(transition("c", ProbeState.PENDING, ProbeState.UP, 1));
        writer.writeBatch();
        retention(Duration.ofDays(1), 2).sweep();
        assertThat(db.count("result")).isEqualTo(1);
        assertThat(db.count("transition")).isZero();
    }

    @Test
    void listenerIsTheSameWhenLoaded() {
        StoredListener saved = listener("a", "127.0.0.1", 4_000);
        StoredListener other = new StoredListener(saved.spec(), START, false, null);
        listeners.save(other);
        assertThat(listeners.all()).containsExactly(other);
        listeners.save(saved);
        listeners.save(listener("b", "::1", 4_001));
        assertThat(listeners.all()).containsExactly(saved, listener("b", "::1", 4_001));
        listeners.delete("a");
        listeners.delete("a");
        assertThat(listeners.all()).containsExactly(listener("b", "::1", 4_001));
    }

    @Test
    void listenerHasAStandInWhenItsRowCannotBeRead() {
        listeners.save(listener("a", "127.0.0.1", 4_000));
        listeners.save(listener("b", "::1", 4_001));
        String later = "{\"bind\":\"127.0.0.9:4000\",\"behaviour\":{\"type\":\"of-2031\"}}";
        db.change("update listener set definition = ? where name = 'a'", later);

        assertThat(listeners.all()).hasSize(2);
        StoredListener standIn = listeners.all().getFirst();
        assertThat(standIn.spec().bind()).hasToString("/127.0.0.9:4000");
        assertThat(standIn.unreadable()).contains("cannot read it", "PUT replaces it");
        assertThat(listeners.all().getLast()).isEqualTo(listener("b", "::1", 4_001));
    }

    @Test
    void probeHasAStandInThatAsksNothingWhenItsRowCannotBeRead() {
        save(definition("a"));
        db.change("update probe set settings = ?", "{\"settings\":{\"timeout\":\"of 2031\"}}");

        StoredProbe standIn = load().getFirst();
        ProbeSpec spec = standIn.definition().spec();
        assertThat(standIn.health().state()).isEqualTo(ProbeState.PENDING);
        assertThat(spec.target()).isEqualTo(SPEC.target());
        assertThatIllegalArgumentException()
                .isThrownBy(() -> spec.settingsNow(_ -> ProbeSettings.DEFAULT))
                .withMessageContaining("cannot be read by this version")
                .withMessageContaining("of 2031");
    }

    @Test
    void theOwnerIsTheSameWhenDefinitionsAreLoaded() {
        StoredListener owned =
                new StoredListener(
                        listener("a", "127.0.0.1", 0).spec(), START, false, null, null, "payments");
        listeners.save(owned);
        assertThat(listeners.all()).containsExactly(owned);
        ProbeDefinition mine = definition("b").ownedBy("payments");
        save(definition("a"));
        probes.change(List.of(mine), List.of(), List.of("a"));
        List<ProbeDefinition> loaded = new ArrayList<>();
        probes.forEach(stored -> loaded.add(stored.definition()));
        assertThat(loaded).containsExactly(mine);
    }

    /// A second connection sees what a killed process leaves.
    @Test
    void furtherRowsOfAChangeAreInItsTransaction() {
        save(definition("a"));
        StoredListener gone = listener("gone", "127.0.0.1", 0);
        StoredListener more = listener("l", "127.0.0.1", 0);
        listeners.save(gone);
        WaitingRows rows = new WaitingRows(listeners);
        rows.save(more);
        rows.delete("gone");
        List<StoredListener> left = new ArrayList<>();
        Runnable failing =
                () -> {
                    rows.write();
                    left.addAll(CompletableFuture.supplyAsync(listeners::all).join());
                    throw new IllegalStateException("no more");
                };
        assertThatIllegalStateException()
                .isThrownBy(
                        () ->
                                probes.change(
                                        List.of(definition("b")), List.of(), List.of("a"), failing))
                .withMessage("no more");
        assertThat(load()).extracting(each -> each.definition().name()).containsExactly("a");
        assertThat(left).containsExactly(gone);
        assertThat(listeners.all()).containsExactly(gone);

        probes.change(List.of(definition("b")), List.of(), List.of("a"), rows::write);
        assertThat(load()).extracting(each -> each.definition().name()).containsExactly("b");
        assertThat(listeners.all()).containsExactly(more);
    }

    @Test
    void listenerIsKeptWhenItsDialogueIsAsLongAsMayBe() {
        DialogueStep longest = DialogueStep.send("x".repeat(Payload.LONGEST_BYTES));
        ListenerSpec spec =
                listener("a", "127.0.0.1", 0)
                        .spec()
                        .withBehaviour(new Behaviour.Dialogue(Collections.nCopies(100, longest)));
        StoredListener saved = new StoredListener(spec, START, false, null);
        listeners.save(saved);
        assertThat(listeners.all()).containsExactly(saved);
    }

    @Test
    void listenerIsTheSameWhenItSpeaksTls() {
        TlsServerSettings tls =
                new TlsServerSettings(
                        "server-a",
                        ClientAuth.NEED,
                        List.of("h2"),
                        new TlsFault(TlsFault.Type.ALERT, TlsAlert.UNKNOWN_CA));
        ListenerSpec spec = listener("a", "127.0.0.1", 0).spec().withTls(tls);
        StoredListener saved = new StoredListener(spec, START, false, null);
        listeners.save(saved);
        assertThat(listeners.all()).containsExactly(saved);
    }

    @Test
    void probeIsKeptWhenItsBundleAndItsDialogueAreAsLongAsMayBe() {
        int most = DialogueSettings.MOST_CHARACTERS;
        DialogueStep half = DialogueStep.send("\u0001".repeat(most / 2));
        TlsTrust bundle = new TlsTrust.Bundle("\n".repeat(65_536));
        TlsSettings tls = new TlsSettings(null, List.of(), null, null, bundle, null);
        ProbeSettings settings =
                ProbeSettings.DEFAULT.withSteps(
                        List.of(tls, DialogueSettings.of(List.of(half, half))));
        ProbeSpec spec =
                new ProbeSpec(
                        SPEC.target(),
                        Duration.ofMinutes(1),
                        settings,
                        null,
                        Map.of(),
                        false,
                        Thresholds.DEFAULT);
        ProbeDefinition saved = ProbeDefinition.create("a", spec, START);
        save(saved);
        assertThat(load())
                .containsExactly(new StoredProbe(saved, ProbeHealth.pending(saved.createdAt())));
    }

    private ResultWriter writer(int buffer) {
        return new ResultWriter(
                new HistoryTables(db.database, db.rollups(), db.presented()),
                ids,
                CLOCK,
                new HistoryBuffer.Limits(buffer, new HeapShare("buffer", 1L << 30)),
                Duration.ofMillis(10));
    }

    private List<Incident> incidents(Boolean isOpen) {
        return new SqlIncidentHistory(db.database)
                .incidents(new HistorySearch(null, _ -> true, null, 10), isOpen)
                .items();
    }

    /// A row of two reached a state.
    private void change(ProbeState from, ProbeState to, ProbeResult first, ProbeResult second) {
        writer.accept(
                new Transition(
                        "a",
                        from,
                        to,
                        second.startedAt(),
                        Transition.Cause.of(second, Transition.Row.from(first).withRuns(2))));
    }

    @Test
    void incidentLastsFromTheFirstFailedRunToTheFirstGoodOneAndKeepsBoth() {
        save(definition("a"));
        ProbeResult first = result("a", 1, REFUSED);
        ProbeResult second = result("a", 2, REFUSED);
        write(first, second);
        change(ProbeState.UP, ProbeState.DOWN, first, second);
        ProbeResult good = result("a", 5);
        write(result("a", 3, REFUSED));
        assertThat(incidents(true)).extracting(Incident::failedRuns).containsExactly(3L);
        write(result("a", 4, REFUSED), good, result("a", 6));
        change(ProbeState.DOWN, ProbeState.UP, good, result("a", 6));
        write(result("a", 7, REFUSED));
        retention(Duration.ofDays(1), 1).sweep();
        Incident ended = incidents(false).getFirst();
        assertThat(ended.from()).isEqualTo(first.startedAt());
        assertThat(ended.to()).isEqualTo(good.startedAt());
        assertThat(ended.failedRuns()).isEqualTo(4);
        assertThat(ended.reason()).isEqualTo("refused");
        assertThat(db.count("result")).isEqualTo(1);
        assertThat(history.result(first.id())).contains(first);
        assertThat(history.result(good.id())).contains(good);
    }

    @Test
    void lateEvidenceIsAddedToTheResultAndToTheIncidentsFirstOne() {
        save(definition("a"));
        ProbeResult first = result("a", 1, REFUSED);
        ProbeResult second = result("a", 2, REFUSED);
        Findings findings = new Findings(List.of(new Asked(Question.PATH, "found")), null);
        write(first, second);
        change(ProbeState.UP, ProbeState.DOWN, first, second);
        write();
        for (ProbeResult each : List.of(first, second, result("a", 9))) {
            writer.add(new LateEvidence(each.id(), "a", findings));
        }
        write();
        assertThat(history.result(second.id())).contains(second.withFindings(findings));
        write(result("a", 4, REFUSED));
        retention(Duration.ofDays(1), 1).sweep();
        assertThat(history.result(first.id())).contains(first.withFindings(findings));
        assertThat(writer.health().buffered()).isZero();
    }

    @Test
    void incidentEndsWithAPauseAndIsNotShownOfADeletedProbe() {
        save(definition("a"));
        ProbeResult first = result("a", 1, REFUSED);
        write(first);
        change(ProbeState.UP, ProbeState.DOWN, first, first);
        writer.accept(transition("a", ProbeState.DOWN, ProbeState.PAUSED, 9));
        write(result("a", 10, REFUSED));
        assertThat(incidents(null))
                .extracting(Incident::endedBy, Incident::to, Incident::failedRuns)
                .containsExactly(tuple("paused", START.plusSeconds(9), 2L));
        probes.delete("a");
        assertThat(incidents(null)).isEmpty();
        retention(Duration.ofDays(1), 1).sweep();
        db.change("delete from result");
        assertThat(history.result(first.id())).contains(first);
        sweepAnHourLater();
        assertThat(db.count("incident") + db.count("kept_result")).isZero();
    }

    @Test
    void resultOfADeletedProbeIsFoundByItsIdForAnHour() {
        save(definition("a"));
        ProbeResult last = result("a", 2, REFUSED);
        write(result("a", 1), last);
        probes.delete("a");
        assertThat(history.result(last.id())).contains(last);
        retention(Duration.ofDays(1), 2).sweep();
        assertThat(history.result(last.id())).contains(last);
        sweepAnHourLater();
        assertThat(history.result(last.id())).isEmpty();
        assertThat(db.count("result") + db.count("deleted_probe")).isZero();
    }

    @Test
    void resultOfADeletedProbeIsNoneOfItsNamesake() {
        save(definition("a"));
        ProbeResult first = result("a", 1, REFUSED);
        write(first);
        probes.delete("a");
        save(ProbeDefinition.create("a", SPEC, START.plusSeconds(60)));
        ProbeResult own = result("a", 70);
        assertThat(new RawRuns(db.database, null).before("a", own.id())).isEmpty();
        write(own);
        assertThat(history.results("a", HistoryQuery.newest(10)).items()).containsExactly(own);
        assertThat(history.latest(List.of("a"))).containsExactly(own);
        assertThat(history.result(first.id())).contains(first);
        assertThat(
                        db.database
                                .client()
                                .sql("select probe from results_readable order by id")
                                .query((row, _) -> row.getString(1))
                                .list())
                .containsExactly(null, "a");
    }

    @Test
    void changesOfAllProbesAreListedNewestFirstAndInPages() {
        save(definition("a"), definition("b"));
        writer.accept(transition("a", ProbeState.PENDING, ProbeState.UP, 1));
        writer.accept(transition("b", ProbeState.PENDING, ProbeState.UP, 2));
        writer.accept(transition("a", ProbeState.UP, ProbeState.DOWN, 3));
        writer.writeBatch();
        SqlIncidentHistory all = new SqlIncidentHistory(db.database);
        Page<Transition> first = all.transitions(new HistorySearch(null, _ -> true, null, 2));
        assertThat(first.items()).extracting(Transition::probe).containsExactly("a", "b");
        assertThat(
                        all.transitions(
                                        new HistorySearch(
                                                START.plusSeconds(1), "a"::equals, first.next(), 9))
                                .items())
                .extracting(Transition::to)
                .containsExactly(ProbeState.UP);
    }

    private static ProbeResult withChain(ProbeResult plain, String... subjects) {
        List<CertificateFacts> chain =
                Arrays.stream(subjects)
                        .map(
                                subject ->
                                        new CertificateFacts(
                                                subject,
                                                "CN=ca",
                                                List.of(),
                                                "1",
                                                subject,
                                                START.minusSeconds(86_400),
                                                START.plusSeconds(86_400L * subject.length())))
                        .toList();
        TlsReport tls = new TlsReport(null, null, null, "a", chain, true, null, null, false, null);
        AttemptResult attempt = plain.deciding();
        return plain.withAttempts(
                List.of(
                        new AttemptResult(
                                attempt.remote(),
                                attempt.local(),
                                attempt.outcome(),
                                attempt.phases(),
                                attempt.evidence(),
                                attempt.timeline(),
                                List.of(tls),
                                null)));
    }

    @Test
    void theLastSeenCertificatesStayWhenARunGetsNone() {
        save(definition("a"));
        SqlPresentedHistory presented = db.presented();
        ProbeResult last = withChain(result("a", 2), "CN=leaf", "CN=i");
        presented.record(
                List.of(withChain(result("a", 1), "CN=old"), last, result("a", 3, REFUSED)));
        assertThat(presented.presented(null, 0, 10))
                .extracting(Presented::subject, each -> each.daysLeft(START), Presented::seenAt)
                .containsExactly(
                        tuple("CN=i", 4L, last.startedAt()),
                        tuple("CN=leaf", 7L, last.startedAt()));
        presented.record(List.of(withChain(result("a", 9), "CN=leaf", "CN=i")));
        assertThat(presented.presented(START.plusSeconds(86_400 * 5), 0, 10))
                .extracting(Presented::seenAt)
                .containsExactly(result("a", 9).startedAt());
        assertThat(presented.presented(null, 1, 10)).hasSize(1);
        probes.delete("a");
        retention(Duration.ofDays(1), 1).sweep();
        assertThat(db.count("presented_certificate")).isZero();
    }

    @Test
    void certificatesNameTheTargetThatTheProbeHasNow() {
        save(definition("a"));
        SqlPresentedHistory presented = db.presented();
        presented.record(List.of(withChain(result("a", 1), "CN=leaf")));
        ProbeResult next = withChain(result("a", 2), "CN=leaf");
        ProbeResult moved =
                new ProbeResult(
                        next.id(),
                        next.probe(),
                        Target.parse("b.test:443"),
                        next.startedAt(),
                        next.attempts());
        presented.record(List.of(moved));
        assertThat(presented.presented(null, 0, 10))
                .extracting(Presented::target)
                .containsExactly("b.test:443");
    }

    private Retention retention(Duration longest, int perProbe) {
        return retention(CLOCK, longest, perProbe);
    }

    private void sweepAnHourLater() {
        Clock later = Clock.offset(CLOCK, Retention.AFTER_DELETION);
        retention(later, Duration.ofDays(1), 2).sweep();
    }

    private Retention retention(Clock clock, Duration longest, int perProbe) {
        db.change("update rollup_mark set upto = ?", START.plusSeconds(86_400).getEpochSecond());
        return new Retention(
                db.database,
                clock,
                new Retention.Limits(longest, perProbe, RollupContract.KEPT, null),
                new DroppedResults());
    }

    private void save(ProbeDefinition... definitions) {
        probes.save(List.of(definitions), List.of());
    }

    private void write(ProbeResult... results) {
        for (ProbeResult result : results) {
            writer.accept(result);
        }
        writer.writeBatch();
    }

    private List<StoredProbe> load() {
        List<StoredProbe> loaded = new ArrayList<>();
        probes.forEach(loaded::add);
        loaded.stream().limit(9).forEach(this::requireSame);
        return loaded;
    }

    /// A definition is the same when it is read alone, and from a file of definitions.
    private void requireSame(StoredProbe loaded) {
        ProbeDefinition definition = loaded.definition();
        DefinitionBytes form = new StoredDefinitionBytes();
        assertThat(probes.find(definition.name())).contains(loaded);
        assertThat(form.read(definition.name(), form.write(definition))).isEqualTo(definition);
    }

    private static Transition transition(
            String probe, ProbeState from, ProbeState to, long second) {
        Transition.Cause cause =
                to == ProbeState.PAUSED
                        ? Transition.Cause.PAUSED
                        : Transition.Cause.of(result(probe, second));
        return new Transition(probe, from, to, START.plusSeconds(second), cause);
    }
}
