package dev.sonde.listen;

import dev.sonde.lane.Lane;
import dev.sonde.listen.engine.ListenEngine;
import dev.sonde.listen.engine.LoopCall;
import dev.sonde.listen.payload.PayloadCounts;
import dev.sonde.listen.proxy.FaultPlan;
import dev.sonde.listen.record.ConnectionHistory;
import dev.sonde.listen.record.ConnectionLog;
import dev.sonde.listen.spec.ConnectionCounts;
import dev.sonde.listen.spec.ConnectionEnd;
import dev.sonde.listen.spec.ConnectionView;
import dev.sonde.listen.spec.ListenerEvent;
import dev.sonde.probe.spec.CloseMode;
import java.net.InetSocketAddress;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// One listener's connections: open ones, recorded ones, and their counts. They outlive a change of
/// the listener's port. Safe for any thread.
final class ListenerConnections implements PayloadCounts {

    private final String name;
    private final ListenEngine engine;
    private final ConnectionHistory recordings;
    private final ConnectionWaits waits;
    private final Set<OpenConnection> open = ConcurrentHashMap.newKeySet();
    private final AtomicInteger active = new AtomicInteger();
    private final LongAdder accepted = new LongAdder();
    private final LongAdder rejected = new LongAdder();
    private final LongAdder exhausted = new LongAdder();
    private final LongAdder bytesIn = new LongAdder();
    private final LongAdder bytesOut = new LongAdder();
    private final LongAdder upstreamIn = new LongAdder();
    private final LongAdder upstreamOut = new LongAdder();
    private final Map<ConnectionEnd, LongAdder> ends = new EnumMap<>(ConnectionEnd.class);

    ListenerConnections(String name, ListenEngine engine) {
        this.name = name;
        this.engine = engine;
        this.waits = new ConnectionWaits(engine.lanes().all().getFirst().loop().ticker());
        this.recordings =
                new ConnectionHistory(engine.records().memory(), engine.records().traces());
        for (ConnectionEnd end : ConnectionEnd.values()) {
            ends.put(end, new LongAdder());
        }
    }

    String name() {
        return name;
    }

    ListenEngine engine() {
        return engine;
    }

    ConnectionHistory recordings() {
        return recordings;
    }

    int active() {
        return active.get();
    }

    /// Ends the open connections that a listener accepted.
    ///
    /// @return when their loops have done so
    CompletableFuture<Void> closeConnectionsOf(ConnectionOwner listener) {
        return onAll(
                (connection, lane) -> {
                    if (connection.belongsTo(listener, lane)) {
                        connection.onListenerClosed();
                    }
                });
    }

    /// Has the open connections that a listener accepted go over to other faults.
    ///
    /// @return when their loops have done so
    CompletableFuture<Void> apply(List<FaultPlan> plans, ConnectionOwner listener) {
        return onAll(
                (connection, lane) -> {
                    if (connection instanceof ProxiedConnection proxied
                            && connection.belongsTo(listener, lane)) {
                        proxied.apply(plans);
                    }
                });
    }

    /// Ends open connections.
    ///
    /// @param id of one; all when absent
    /// @return how many, when their loops have done so
    CompletableFuture<Integer> endOpen(@Nullable Long id, CloseMode mode) {
        AtomicInteger ended = new AtomicInteger();
        return onAll(
                        (connection, lane) -> {
                            boolean isMeant = id == null || connection.log().id() == id;
                            if (isMeant && connection.isOn(lane)) {
                                connection.endByRequest(mode);
                                ended.incrementAndGet();
                            }
                        })
                .thenApply(_ -> ended.get());
    }

    private CompletableFuture<Void> onAll(BiConsumer<OpenConnection, Lane> action) {
        return CompletableFuture.allOf(
                engine.lanes().all().stream()
                        .map(
                                lane ->
                                        LoopCall.on(
                                                lane.loop(),
                                                () ->
                                                        open.forEach(
                                                                each -> action.accept(each, lane))))
                        .toArray(CompletableFuture[]::new));
    }

    void opened(OpenConnection connection) {
        active.incrementAndGet();
        open.add(connection);
        accepted(connection.log());
    }

    /// A connection was accepted. One that is not served is never [opened][#opened].
    void accepted(ConnectionLog log) {
        accepted.increment();
        engine.records().traces().add(log);
        waits.changed();
        if (!engine.observers().isEmpty()) {
            engine.tell(
                    name,
                    () ->
                            new ListenerEvent.Accepted(
                                    name, engine.clock().instant(), log.id(), log.ends().client()));
        }
    }

    /// @param remembered how many ended connections are kept
    void ended(OpenConnection connection, ConnectionEnd how, int remembered) {
        open.remove(connection);
        active.decrementAndGet();
        ended(connection.log(), how, remembered);
    }

    /// A connection that is open no more, or never was.
    ///
    /// @param remembered how many ended connections are kept
    void ended(ConnectionLog log, ConnectionEnd how, int remembered) {
        count(how).increment();
        // After the end was noted: a full queue drops the log at once, and its trace with it.
        recordings.add(log, remembered);
        waits.changed();
        engine.sockets().descriptors().release();
        if (!engine.observers().isEmpty()) {
            engine.tell(
                    name,
                    () ->
                            new ListenerEvent.Ended(
                                    name,
                                    engine.clock().instant(),
                                    log.id(),
                                    log.ends().client(),
                                    how,
                                    log.bytesIn(),
                                    log.bytesOut()));
        }
    }

    void rejected(InetSocketAddress remote) {
        rejected.increment();
        if (!engine.observers().isEmpty()) {
            engine.tell(
                    name, () -> new ListenerEvent.Rejected(name, engine.clock().instant(), remote));
        }
    }

    /// There was no descriptor to accept a connection with.
    void exhausted() {
        exhausted.increment();
    }

    /// Called when the connection's own record has them.
    @Override
    public void received(int bytes) {
        bytesIn.add(bytes);
        waits.changed();
    }

    @Override
    public void sent(int bytes) {
        bytesOut.add(bytes);
    }

    void receivedFromUpstream(int bytes) {
        upstreamIn.add(bytes);
    }

    void sentToUpstream(int bytes) {
        upstreamOut.add(bytes);
    }

    /// Waits for a number of connections. Not for an event loop's thread.
    ///
    /// @throws InterruptedException when the caller is to stop
    WaitedConnections await(ConnectionWait wish) throws InterruptedException {
        WaitedConnections.Outcome outcome =
                waits.await(() -> matching(wish).size() >= wish.atLeast(), wish.most());
        return new WaitedConnections(matching(wish), outcome);
    }

    private List<ConnectionView> matching(ConnectionWait wish) {
        return connections(Long.MAX_VALUE, wish.wanted(), Integer.MAX_VALUE);
    }

    /// Open and remembered ones, newest first: those that are wanted, below a number, at most so
    /// many.
    List<ConnectionView> connections(long before, Predicate<ConnectionView> wanted, int most) {
        NavigableMap<Long, ConnectionLog> logs = new TreeMap<>();
        // The remembered ones come second: one that ends in between is seen twice, not missed.
        open.forEach(connection -> put(logs, connection.log()));
        recordings.all().forEach(log -> put(logs, log));
        return logs.headMap(before, false).descendingMap().values().stream()
                .map(ConnectionLog::view)
                .filter(wanted)
                .limit(most)
                .toList();
    }

    private static void put(Map<Long, ConnectionLog> logs, ConnectionLog log) {
        logs.put(log.id(), log);
    }

    ConnectionCounts counts() {
        Map<ConnectionEnd, Long> byEnd = new EnumMap<>(ConnectionEnd.class);
        ends.forEach((end, count) -> byEnd.put(end, count.sum()));
        return new ConnectionCounts(
                active.get(),
                accepted.sum(),
                rejected.sum(),
                exhausted.sum(),
                bytesIn.sum(),
                bytesOut.sum(),
                upstreamIn.sum(),
                upstreamOut.sum(),
                byEnd);
    }

    private LongAdder count(ConnectionEnd end) {
        LongAdder count = ends.get(end);
        if (count == null) {
            throw new IllegalStateException("an end without a counter: " + end);
        }
        return count;
    }
}
