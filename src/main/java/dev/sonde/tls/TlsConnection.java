package dev.sonde.tls;

import dev.sonde.probe.CertificateFacts;
import dev.sonde.probe.FailureReason;
import dev.sonde.probe.TlsReport;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ByteChannel;
import java.nio.channels.ClosedChannelException;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;
import tlschannel.ClientTlsChannel;
import tlschannel.NeedsReadException;
import tlschannel.NeedsTaskException;
import tlschannel.NeedsWriteException;

/// The client's end of a TLS connection over a channel that does not block. Confined to its loop's
/// thread; what [#task] hands out runs elsewhere, while nothing else is asked of the connection.
public final class TlsConnection implements ByteChannel {

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
    public record Fault(FailureReason reason, String detail) {}

    private static final Pattern ALERT = Pattern.compile("Received fatal alert: (\\w+)");
    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    private final SSLEngine engine;
    private final RawChannel raw;
    private final Verdict verdict;
    private final ClientKey key;
    private final String serverName;
    private final ClientTlsChannel channel;
    private @Nullable Runnable task;

    /// What was read before anybody asked for it.
    private @Nullable ByteBuffer ahead;

    private boolean isEstablished;
    private boolean hasUnsent;
    private long receivedInHandshake;

    TlsConnection(
            SSLEngine engine, RawChannel raw, Verdict verdict, ClientKey key, String serverName) {
        this.engine = engine;
        this.raw = raw;
        this.verdict = verdict;
        this.key = key;
        this.serverName = serverName;
        this.channel =
                ClientTlsChannel.newBuilder(raw, engine)
                        .withRunTasks(false)
                        .withReleaseBuffers(true)
                        .build();
    }

    /// Goes on with the handshake as far as it can.
    ///
    /// @throws IOException when it failed; [#fault] says what that means
    public Want handshake() throws IOException {
        try {
            channel.handshake();
            isEstablished = true;
            receivedInHandshake = raw.received();
            return Want.NOTHING;
        } catch (NeedsReadException _) {
            return Want.READ;
        } catch (NeedsWriteException _) {
            return Want.WRITE;
        } catch (NeedsTaskException e) {
            task = e.getTask();
            return Want.TASK;
        }
    }

    /// The work that the handshake waits for. It may take milliseconds.
    public Runnable task() {
        Runnable wanted = task;
        task = null;
        return wanted == null ? () -> {} : wanted;
    }

    /// Whether the peer may still refuse this end's certificate: in TLS 1.3 it does so after the
    /// handshake is over for the client, before it sends anything else (RFC 8446 section 4.4.2).
    public boolean isUndecided() {
        return isEstablished
                && key.isAsked()
                && raw.received() == receivedInHandshake
                && !raw.isEnded()
                && engine.getSession().getProtocol().equals("TLSv1.3");
    }

    /// Reads what has come, to be read again by [#read].
    ///
    /// @throws IOException when the peer refused this end after the handshake; [#fault] says so
    public void lookAhead() throws IOException {
        if (ahead == null) {
            ByteBuffer room = ByteBuffer.allocate(engine.getSession().getApplicationBufferSize());
            if (read(room) > 0) {
                ahead = room.flip();
            }
        }
    }

    /// Whether something that was written has not left this host yet.
    public boolean hasUnsent() {
        return hasUnsent;
    }

    /// @return 0 where nothing has come, -1 at the end of the stream
    @Override
    public int read(ByteBuffer into) throws IOException {
        if (ahead != null) {
            return takeAhead(ahead, into);
        }
        flush();
        try {
            return channel.read(into);
        } catch (NeedsReadException | NeedsWriteException _) {
            return 0;
        } catch (NeedsTaskException e) {
            // After the handshake there is work only where an old peer renegotiates.
            e.getTask().run();
            return read(into);
        }
    }

    private int takeAhead(ByteBuffer from, ByteBuffer into) {
        int count = Math.min(from.remaining(), into.remaining());
        into.put(from.slice(from.position(), count));
        from.position(from.position() + count);
        ahead = from.hasRemaining() ? from : null;
        return count;
    }

    /// Takes what it can; what it took and could not send yet goes with the next write or read, see
    /// [#hasUnsent].
    @Override
    public int write(ByteBuffer from) throws IOException {
        int before = from.remaining();
        try {
            channel.write(from);
            hasUnsent = false;
        } catch (NeedsWriteException _) {
            hasUnsent = true;
        } catch (NeedsReadException _) {
            return 0;
        } catch (NeedsTaskException e) {
            e.getTask().run();
        }
        return before - from.remaining();
    }

    /// Sends what was written and is still here.
    public void flush() throws IOException {
        if (hasUnsent) {
            write(NOTHING.duplicate());
        }
    }

    /// Says once that nothing more will be sent (close_notify). Where the socket takes nothing now,
    /// it goes unsaid: whoever reads nothing would not hear it.
    public void sayGoodbye() throws IOException {
        if (channel.shutdownSent()) {
            return; // asked a second time, the library would wait for the peer's own
        }
        try {
            channel.shutdown();
        } catch (NeedsWriteException | NeedsReadException _) {
            // See above; and the peer's own goodbye is not waited for here.
        } catch (NeedsTaskException e) {
            e.getTask().run();
        }
    }

    /// Throws away whatever still comes, so that the socket can be closed without a RST.
    ///
    /// @return whether the peer has ended its direction too
    public boolean drain(ByteBuffer scratch) throws IOException {
        while (true) {
            int count = raw.read(scratch.clear());
            if (count <= 0) {
                return count < 0;
            }
        }
    }

    /// Tells the peer why a handshake failed, if there is something to tell and the channel takes
    /// it at once: an alert is a courtesy.
    public void sendAlert() {
        ByteBuffer record = ByteBuffer.allocate(engine.getSession().getPacketBufferSize());
        try {
            engine.wrap(NOTHING.duplicate(), record);
            raw.write(record.flip());
        } catch (IOException _) {
            // The peer is gone, or the engine has nothing to say to it.
        }
    }

    /// What a failed handshake means.
    public Fault fault(IOException cause) {
        Verdict.Refusal refusal = verdict.refusal();
        if (refusal != null) {
            return new Fault(refusal.reason(), refusal.detail());
        }
        String message = String.valueOf(cause.getMessage());
        Matcher alert = ALERT.matcher(message);
        if (alert.find()) {
            return new Fault(
                    FailureReason.TLS_ALERT, "the peer refused with the alert " + alert.group(1));
        }
        String detail =
                switch (cause) {
                    case ClosedChannelException _ -> "the peer closed in the middle of it";
                    case SSLException _ when raw.isEnded() -> "the peer closed in the middle of it";
                    case SSLException _ when message.contains("nrecognized SSL message") ->
                            "the peer does not speak TLS";
                    case SSLException _ -> message;
                    default -> "the connection broke: " + message;
                };
        return new Fault(FailureReason.TLS_HANDSHAKE_FAILED, detail);
    }

    /// What was seen, as far as it came.
    public TlsReport report() {
        SSLSession session = isEstablished ? engine.getSession() : verdict.session();
        String protocol = isEstablished ? engine.getApplicationProtocol() : null;
        List<CertificateFacts> chain = verdict.chain().stream().map(Fingerprint::facts).toList();
        return new TlsReport(
                session == null ? null : session.getProtocol(),
                session == null ? null : session.getCipherSuite(),
                protocol == null || protocol.isEmpty() ? null : protocol,
                serverName,
                chain,
                verdict.isVerified(),
                verdict.verifiedUntil(),
                isEstablished ? isStapled() : null,
                key.isAsked());
    }

    private boolean isStapled() {
        return engine.getSession() instanceof ExtendedSSLSession session
                && !session.getStatusResponses().isEmpty();
    }

    @Override
    public boolean isOpen() {
        return raw.isOpen();
    }

    @Override
    public void close() {
        // Whoever owns the socket closes it.
    }
}
