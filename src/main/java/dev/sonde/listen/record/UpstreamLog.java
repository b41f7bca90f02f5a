package dev.sonde.listen.record;

import dev.sonde.listen.spec.ConnectionView;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/// The upstream's side of a proxied connection. Guarded by the lock of its [ConnectionLog].
final class UpstreamLog {

    final Traffic in = new Traffic();
    final Traffic out = new Traffic();
    private @Nullable InetSocketAddress remote;
    private @Nullable InetSocketAddress local;
    private @Nullable String failure;
    private @Nullable Recording recorded;

    void connecting(InetSocketAddress to) {
        remote = to;
    }

    void connected(InetSocketAddress own) {
        local = own;
    }

    void failed(String why) {
        failure = why;
    }

    /// Keeps the start of what the upstream sent.
    ///
    /// @param count bytes to keep
    void record(ByteBuffer data, int count) {
        if (recorded == null) {
            recorded = new Recording();
        }
        recorded.add(data, count);
    }

    int recordedBytes() {
        return recorded == null ? 0 : recorded.size();
    }

    ConnectionView.Upstream view(LongFunction<Instant> instant) {
        return new ConnectionView.Upstream(
                remote,
                local,
                in.view(instant),
                out.view(instant),
                failure,
                recorded == null ? "" : recorded.base64());
    }
}
