package dev.sonde.attempt.path;

import dev.sonde.lane.Lane;
import dev.sonde.probe.path.PathReport;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Data with a growing TTL on connections that stand: how far they come. Single use, confined to
/// its loop's thread; only [#cancel] may be called from elsewhere.
///
/// A connection sends ten segments at most before its first acknowledgement (RFC 6928), so a longer
/// path takes further connections.
public final class DataWalk extends SingleWalk<String> {

    private static final int MOST_SEGMENTS = 10;
    private static final int MOST_CONNECTIONS = 3;
    private static final long MOST_NANOS = TimeUnit.SECONDS.toNanos(4);

    private final FurtherChannel.Way way;
    private final ByteBuffer data;
    private final @Nullable PathReport path;
    private final TreeMap<Integer, DataAnswer> answers = new TreeMap<>();
    private @Nullable DataSocket now;
    private @Nullable String broken;
    private int connections;
    private long endNanos;

    /// @param data that the run sends first; at least one byte
    /// @param path of SYNs, where it is known: it names the routers
    /// @param whenDone called exactly once with the answer, on the loop's thread
    public DataWalk(
            Lane lane,
            PathOrder order,
            PathEntry entry,
            ByteBuffer data,
            @Nullable PathReport path,
            Consumer<String> whenDone) {
        super(lane, whenDone);
        this.way = new FurtherChannel.Way(order, entry);
        this.data = data.slice(0, Math.min(data.remaining(), MOST_SEGMENTS));
        this.path = path;
    }

    @Override
    public void run() {
        endNanos = lane.loop().ticker().read() + MOST_NANOS;
        connect();
    }

    private void connect() {
        if (connections == MOST_CONNECTIONS || lane.loop().ticker().read() - endNanos >= 0) {
            finish();
            return;
        }
        int first = connections * data.remaining() + 1;
        connections++;
        DataSocket next =
                new DataSocket(lane, way, endNanos, first, data.duplicate(), this::onEvent);
        now = next;
        next.begin();
    }

    private void onEvent(DataEvent event) {
        switch (event) {
            case DataEvent.Answered(int ttl, DataAnswer answer) -> {
                answers.put(ttl, answer);
                if (answer == DataAnswer.ARRIVED || answer == DataAnswer.RESET) {
                    finish();
                }
            }
            case DataEvent.UsedUp _ -> connect();
            case DataEvent.Broken(String why) -> {
                broken = why;
                finish();
            }
        }
    }

    @Override
    protected String end() {
        if (now != null) {
            now.end();
        }
        return words();
    }

    private String words() {
        Map.Entry<Integer, DataAnswer> latest = answers.lastEntry();
        if (latest == null) {
            return "not asked" + (broken == null ? "" : ": " + broken);
        }
        int last = latest.getKey();
        return switch (latest.getValue()) {
            case ARRIVED -> "data arrive at the peer, %s away".formatted(PathHops.count(last));
            case RESET -> reset(last);
            case EXPIRED, SILENT -> silent(last);
        };
    }

    /// Data that a router behind the sender of the RST would have to pass on has met it already.
    private String reset(int ttl) {
        Integer distance = path != null && path.reached() ? path.lastHop() : null;
        String words = "a RST answers data that came at most %s far".formatted(PathHops.count(ttl));
        return distance != null && ttl < distance
                ? words
                        + ": a device on the path sends it, not the target, which is %s away"
                                .formatted(PathHops.count(distance))
                : words;
    }

    private String silent(int sent) {
        int reported = 0;
        for (var each : answers.entrySet()) {
            if (each.getValue() == DataAnswer.EXPIRED) {
                reported = each.getKey();
            }
        }
        if (reported == 0) {
            return "nothing answers data of the TTLs 1 to %d: they vanish at the first hop, or no router reports"
                    .formatted(sent);
        }
        return reported == sent
                ? "routers report data up to %s away, and no more were sent"
                        .formatted(PathHops.count(reported))
                : "data come to %s, %s away, and vanish behind it"
                        .formatted(router(reported), PathHops.count(reported));
    }

    private String router(int ttl) {
        if (path != null) {
            for (PathReport.Hop hop : path.hops()) {
                if (hop.ttl() == ttl && hop.address() != null) {
                    return hop.address();
                }
            }
        }
        return "a router";
    }
}
