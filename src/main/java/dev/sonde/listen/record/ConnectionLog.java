package dev.sonde.listen.record;

import dev.sonde.listen.spec.ConnectionEnd;
import dev.sonde.listen.spec.ConnectionView;
import dev.sonde.probe.finding.TimelineEvent;
import dev.sonde.probe.finding.TimelineEvent.Kind;
import dev.sonde.probe.finding.TimelineEvent.Side;
import dev.sonde.probe.finding.Weight;
import dev.sonde.tls.ServerTlsReport;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The record of one accepted connection. Its own lock guards the fields: the connection's loop
/// writes, other threads read.
public final class ConnectionLog {

    /// Heap of a connection without events and bytes: this object and the addresses, in bytes.
    private static final int BASE_BYTES = 512;

    private static final int MOMENT_BYTES = 40;

    /// Heap of the other side of a proxy.
    private static final int UPSTREAM_BYTES = 256;

    /// A handshake's report without certificates.
    private static final int HANDSHAKE_BYTES = 512;

    private final long id;
    private final FourTuple ends;
    private final Instant acceptedAt;
    private final long startNanos;
    private final ConnectionHistory recordings;
    private final int recordLimit;
    private final Moments moments = new Moments();

    /// Present once bytes came or were sent.
    private @Nullable Traffic in;

    private @Nullable Traffic out;
    private @Nullable UpstreamLog upstream;
    private @Nullable Recording recorded;
    private @Nullable ServerTlsReport handshake;
    private long shakenNanos;
    private @Nullable ConnectionEnd end;
    private long endNanos;

    /// The neighbours among all ended connections, and the history that holds this one. The lock of
    /// [RecordMemory] guards them.
    @Nullable ConnectionLog older;

    @Nullable ConnectionLog younger;
    @Nullable ConnectionHistory holder;

    /// @param startNanos when the listener was found ready
    public ConnectionLog(
            long id,
            FourTuple ends,
            Instant acceptedAt,
            long startNanos,
            ConnectionHistory recordings,
            int recordLimit) {
        this.id = id;
        this.ends = ends;
        this.acceptedAt = acceptedAt;
        this.startNanos = startNanos;
        this.recordings = recordings;
        this.recordLimit = recordLimit;
    }

    public long id() {
        return id;
    }

    public FourTuple ends() {
        return ends;
    }

    public long startNanos() {
        return startNanos;
    }

    /// The listener was found ready, and now the connection is accepted.
    ///
    /// @param isServed whether it has more events than one that is closed at once
    public synchronized void accepted(long lagNanos, long nowNanos, boolean isServed) {
        if (isServed) {
            moments.expectMore();
        }
        moments.add(startNanos, Side.LISTENER, Kind.ACCEPT_READY, lagNanos / 1_000);
        moments.add(nowNanos, Side.LISTENER, Kind.ACCEPTED);
    }

    public synchronized void note(long atNanos, Kind kind) {
        moments.add(atNanos, Side.LISTENER, kind);
    }

    public synchronized void noteReady(long atNanos, Kind kind, long lagNanos) {
        moments.add(atNanos, Side.LISTENER, kind, lagNanos / 1_000);
    }

    public void noteError(long atNanos, String errno) {
        noteError(atNanos, Side.LISTENER, errno);
    }

    /// An error of one of the sides.
    ///
    /// @param side that the error is of
    public synchronized void noteError(long atNanos, Side side, String errno) {
        moments.addError(atNanos, side, Kind.ERROR, errno);
    }

    /// Something happened on the other side of a proxy.
    public synchronized void upstreamNote(long atNanos, Kind kind) {
        moments.add(atNanos, Side.UPSTREAM, kind);
    }

    public synchronized void upstreamConnecting(InetSocketAddress remote, long nowNanos) {
        upstream().connecting(remote);
        upstreamNote(nowNanos, Kind.CONNECT_CALLED);
    }

    public synchronized void upstreamConnected(InetSocketAddress local, long nowNanos) {
        upstream().connected(local);
        upstreamNote(nowNanos, Kind.CONNECT_FINISHED);
    }

    public synchronized void upstreamFailed(String why, @Nullable String errno, long nowNanos) {
        upstream().failed(why);
        moments.addError(nowNanos, Side.UPSTREAM, Kind.CONNECT_FAILED, errno);
    }

    /// The upstream sent something.
    ///
    /// @param data what came, from its position to its limit, which it keeps
    public synchronized void upstreamReceived(ByteBuffer data, long nowNanos) {
        if (upstream().in.add(data.remaining(), nowNanos)) {
            upstreamNote(nowNanos, Kind.FIRST_BYTE_IN);
        }
        int taken = Math.min(recordLimit - upstream().recordedBytes(), data.remaining());
        if (taken > 0 && recordings.tryTake(taken)) {
            upstream().record(data, taken);
        }
    }

    public synchronized void upstreamSent(int count, long nowNanos) {
        if (count > 0 && upstream().out.add(count, nowNanos)) {
            upstreamNote(nowNanos, Kind.FIRST_BYTE_OUT);
        }
    }

    private UpstreamLog upstream() {
        if (upstream == null) {
            upstream = new UpstreamLog();
        }
        return upstream;
    }

    /// The peer sent something.
    ///
    /// @param data what came, from its position to its limit, which it keeps
    public synchronized void received(ByteBuffer data, long nowNanos) {
        if (in == null) {
            in = new Traffic();
        }
        if (in.add(data.remaining(), nowNanos)) {
            note(nowNanos, Kind.FIRST_BYTE_IN);
        }
        int room = recordLimit - (recorded == null ? 0 : recorded.size());
        int taken = Math.min(room, data.remaining());
        if (taken > 0 && recordings.tryTake(taken)) {
            if (recorded == null) {
                recorded = new Recording();
            }
            recorded.add(data, taken);
        }
    }

    /// A handshake has ended.
    public synchronized void shaken(ServerTlsReport report, long nowNanos) {
        handshake = report;
        shakenNanos = nowNanos;
        note(nowNanos, report.failure() == null ? Kind.TLS_ESTABLISHED : Kind.TLS_FAILED);
    }

    /// The connection ends before its handshake does; the first report counts.
    public synchronized void unfinished(ServerTlsReport report) {
        if (handshake == null) {
            handshake = report;
        }
    }

    /// TLS failed after the handshake.
    public synchronized void broken(ServerTlsReport report, long nowNanos) {
        handshake = report;
        note(nowNanos, Kind.TLS_FAILED);
    }

    public synchronized void sent(int count, long nowNanos) {
        if (count == 0) {
            return;
        }
        if (out == null) {
            out = new Traffic();
        }
        if (out.add(count, nowNanos)) {
            note(nowNanos, Kind.FIRST_BYTE_OUT);
        }
    }

    public synchronized long bytesIn() {
        return in == null ? 0 : in.bytes();
    }

    public synchronized long bytesOut() {
        return out == null ? 0 : out.bytes();
    }

    /// When something passed last; the start where nothing has.
    public synchronized long lastActivityNanos() {
        long last = handshake == null ? startNanos : shakenNanos;
        last = in == null ? last : in.latest(last);
        last = out == null ? last : out.latest(last);
        if (upstream != null) {
            last = upstream.out.latest(upstream.in.latest(last));
        }
        return last;
    }

    synchronized int recordedBytes() {
        int own = recorded == null ? 0 : recorded.size();
        return upstream == null ? own : own + upstream.recordedBytes();
    }

    /// The estimated memory without the recorded bytes.
    synchronized int ownBytes() {
        int tls = handshake == null ? 0 : HANDSHAKE_BYTES + Weight.of(handshake.clientChain());
        int other = upstream == null ? 0 : UPSTREAM_BYTES;
        return BASE_BYTES + MOMENT_BYTES * moments.size() + tls + other;
    }

    /// The only way to an end; the first one counts.
    public synchronized void ended(ConnectionEnd how, long nowNanos) {
        if (end == null) {
            end = how;
            endNanos = nowNanos;
        }
    }

    /// The connection is closed by its listener, which ends it.
    public synchronized void closed(Kind kind, ConnectionEnd how, long nowNanos) {
        moments.add(nowNanos, Side.LISTENER, kind);
        ended(how, nowNanos);
    }

    public synchronized List<TimelineEvent> timelineSince(long sinceNanos) {
        return moments.since(sinceNanos);
    }

    public synchronized ConnectionView view() {
        return new ConnectionView(
                id,
                ends.client(),
                ends.listener(),
                acceptedAt,
                view(in),
                view(out),
                end == null ? null : instant(endNanos),
                end,
                recorded == null ? "" : recorded.base64(),
                timelineSince(startNanos),
                handshake,
                upstream == null ? null : upstream.view(this::instant));
    }

    private ConnectionView.Flow view(@Nullable Traffic traffic) {
        return traffic == null
                ? new ConnectionView.Flow(0, null, null)
                : traffic.view(this::instant);
    }

    private Instant instant(long atNanos) {
        return acceptedAt.plusNanos(atNanos - startNanos);
    }
}
