package dev.sonde.tls;

import dev.sonde.probe.finding.FailureReason;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ByteChannel;
import java.nio.channels.ClosedChannelException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import tlschannel.NeedsReadException;
import tlschannel.NeedsTaskException;
import tlschannel.NeedsWriteException;
import tlschannel.TlsChannel;

/// One end of a TLS connection over a channel that does not block, which may be TLS itself.
/// Confined to its loop's thread; what [#task] hands out runs elsewhere, while nothing else is
/// asked of the connection.
public abstract sealed class TlsConnection implements ByteChannel
        permits TlsClientConnection, TlsServerConnection {

    /// What has to happen before the last call is made again.
    public enum Want {
        /// Nothing: it is done.
        NOTHING,
        /// The channel has to be readable.
        READ,
        /// The channel has to be writable.
        WRITE,
        /// The [#task] has to have run, off the loop.
        TASK
    }

    /// Why a handshake failed.
    ///
    /// @param alert the peer's, by its name in RFC 8446 section 6; absent where it sent none
    public record Fault(FailureReason reason, String detail, @Nullable String alert) {}

    private static final Pattern ALERT = Pattern.compile("Received fatal alert: (\\w+)");
    private static final String CLOSED =
            "the peer closed the connection in the middle of the TLS handshake";
    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    private final SSLEngine engine;
    private final RawChannel raw;
    private final TlsChannel channel;

    /// What carries the records, where that is TLS too.
    private final @Nullable TlsConnection outer;

    private @Nullable Runnable task;
    private boolean isEstablished;
    private boolean hasUnsent;

    /// @param channel over both of them
    TlsConnection(SSLEngine engine, RawChannel raw, TlsChannel channel) {
        this.engine = engine;
        this.raw = raw;
        this.channel = channel;
        this.outer = raw.carrier();
    }

    final SSLEngine engine() {
        return engine;
    }

    final RawChannel raw() {
        return raw;
    }

    /// Whether the handshake is over for this end.
    final boolean isEstablished() {
        return isEstablished;
    }

    /// Why the peer's certificate was refused, if it was.
    abstract @Nullable Refusal refusal();

    /// Goes on with the handshake as far as it can.
    ///
    /// @throws IOException when it failed; [#fault] says what that means
    public Want handshake() throws IOException {
        try {
            channel.handshake();
            isEstablished = true;
            return Want.NOTHING;
        } catch (NeedsReadException _) {
            // The peer cannot answer what has not left yet.
            return outer != null && outer.hasUnsent() ? Want.WRITE : Want.READ;
        } catch (NeedsWriteException _) {
            return Want.WRITE;
        } catch (NeedsTaskException e) {
            task = e.getTask();
            return Want.TASK;
        }
    }

    /// The work that the handshake waits for. It may take milliseconds.
    public final Runnable task() {
        Runnable wanted = task;
        task = null;
        return wanted == null ? () -> {} : wanted;
    }

    /// Whether something that was written has not left this host yet.
    public final boolean hasUnsent() {
        return hasUnsent || (outer != null && outer.hasUnsent());
    }

    /// @return 0 where nothing has come, -1 at the end of the stream
    @Override
    public int read(ByteBuffer into) throws IOException {
        flush();
        try {
            return channel.read(into);
        } catch (NeedsReadException _) {
            return 0;
        } catch (NeedsWriteException _) {
            hasUnsent = true;
            return 0;
        } catch (NeedsTaskException _) {
            throw anotherHandshake();
        }
    }

    /// After the handshake there is work only where an old peer renegotiates. It could go on doing
    /// so, and the work would hold up the loop.
    private static SSLException anotherHandshake() {
        return new SSLException("the peer wants another handshake, which is refused");
    }

    /// Takes what it can; what it took and could not send yet goes with the next write or read, see
    /// [#hasUnsent].
    @Override
    public final int write(ByteBuffer from) throws IOException {
        int before = from.remaining();
        try {
            channel.write(from);
            hasUnsent = false;
        } catch (NeedsWriteException _) {
            hasUnsent = true;
        } catch (NeedsReadException _) {
            return 0;
        } catch (NeedsTaskException _) {
            throw anotherHandshake();
        }
        return before - from.remaining();
    }

    /// Sends what was written and is still here.
    public final void flush() throws IOException {
        if (hasUnsent) {
            write(NOTHING.duplicate());
        }
        if (outer != null) {
            outer.flush();
        }
    }

    /// Says once that nothing more will be sent (close_notify). Where the socket takes nothing now,
    /// it goes unsaid: whoever reads nothing would not hear it.
    public final void sayGoodbye() throws IOException {
        // Asked a second time, the library would wait for the peer's own.
        if (!channel.shutdownSent()) {
            try {
                channel.shutdown();
            } catch (NeedsWriteException | NeedsReadException | NeedsTaskException _) {
                // See above; and the peer's own goodbye is not waited for here.
            }
        }
        if (outer != null) {
            outer.sayGoodbye();
        }
    }

    /// Throws away whatever still comes, so that the socket can be closed without a RST.
    ///
    /// @return whether the peer has ended its direction too
    public final boolean drain(ByteBuffer scratch) throws IOException {
        while (true) {
            int count = raw.read(scratch.clear());
            if (count <= 0) {
                return count < 0;
            }
        }
    }

    /// Tells the peer why a handshake failed, if there is something to tell and the channel takes
    /// it at once: an alert is a courtesy.
    public final void sendAlert() {
        ByteBuffer record = ByteBuffer.allocate(engine.getSession().getPacketBufferSize());
        try {
            engine.wrap(NOTHING.duplicate(), record);
            raw.write(record.flip());
        } catch (IOException _) {
            // The peer is gone, or the engine has nothing to say to it.
        }
    }

    /// What a failed handshake means.
    public final Fault fault(IOException cause) {
        Refusal refusal = refusal();
        if (refusal != null) {
            return new Fault(refusal.reason(), refusal.detail(), null);
        }
        String message = String.valueOf(cause.getMessage());
        Matcher alert = ALERT.matcher(message);
        if (alert.find()) {
            return new Fault(
                    FailureReason.TLS_ALERT,
                    "the peer refused with the alert " + alert.group(1),
                    alert.group(1));
        }
        String detail =
                switch (cause) {
                    case ClosedChannelException _ -> CLOSED;
                    case SSLException _ when raw.isEnded() -> CLOSED;
                    case SSLException _ when message.contains("nrecognized SSL message") ->
                            "the peer does not speak TLS";
                    case SSLException _ -> "the TLS handshake failed: " + message;
                    default -> "the connection broke: " + message;
                };
        return new Fault(FailureReason.TLS_HANDSHAKE_FAILED, detail, null);
    }

    @Override
    public final boolean isOpen() {
        return raw.isOpen();
    }

    @Override
    public final void close() {
        // Whoever owns the socket closes it.
    }
}
