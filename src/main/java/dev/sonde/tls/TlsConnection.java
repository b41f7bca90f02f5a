package dev.sonde.tls;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ByteChannel;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tlschannel.NeedsReadException;
import tlschannel.NeedsTaskException;
import tlschannel.NeedsWriteException;
import tlschannel.TlsChannel;

/// One end of a TLS connection over a non-blocking channel, which may be TLS itself. Confined to
/// its loop's thread. A [#task] runs elsewhere, and no other call is allowed meanwhile.
public abstract sealed class TlsConnection implements ByteChannel
        permits TlsClientConnection, TlsServerConnection {

    /// The need to fulfil before the last call is repeated.
    public enum Want {
        /// Nothing: the call has done its work.
        NOTHING,
        /// The channel has to be readable.
        READ,
        /// The channel has to be writable.
        WRITE,
        /// The [#task] has to have run, off the loop.
        TASK
    }

    private static final Logger log = LoggerFactory.getLogger(TlsConnection.class);

    /// The most tasks. A handshake has less than ten; a peer could cause them without end.
    private static final int MOST_TASKS = 64;

    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    private final SSLEngine engine;
    private final RawChannel raw;
    private final TlsChannel channel;

    /// The connection beneath, if the records go inside TLS too.
    private final @Nullable TlsConnection outer;

    private @Nullable Runnable task;
    private @Nullable SSLException taskFailure;
    private int tasks;
    private boolean isEstablished;
    private boolean hasUnsent;

    /// Whether the last read gave something out, so that there may be more where it came from.
    private boolean isFruitful;

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

    /// Whether the handshake of this end has ended.
    final boolean isEstablished() {
        return isEstablished;
    }

    /// Why the peer's certificate was refused, if it was.
    abstract @Nullable Refusal refusal();

    /// Goes on with the handshake as far as it can.
    ///
    /// @throws IOException when it failed; [#fault] has its meaning
    public Want handshake() throws IOException {
        if (taskFailure != null) {
            throw taskFailure;
        }
        try {
            channel.handshake();
            isEstablished = true;
            // Payload may have come with the handshake's last words.
            isFruitful = true;
            return Want.NOTHING;
        } catch (NeedsReadException _) {
            // The peer cannot answer what has not left yet.
            return outer != null && outer.hasUnsent() ? Want.WRITE : Want.READ;
        } catch (NeedsWriteException _) {
            return Want.WRITE;
        } catch (NeedsTaskException e) {
            tasks++;
            if (tasks > MOST_TASKS) {
                throw new SSLException(
                        "more than %d handshake messages in a row have to be worked on"
                                .formatted(MOST_TASKS));
            }
            task = e.getTask();
            return Want.TASK;
        } catch (RuntimeException | AssertionError e) {
            throw unreadable(e);
        }
    }

    /// Whether bytes that have left the socket may wait here: no selector reports them, so the
    /// reader has the loop call it [again][dev.sonde.eventloop.EventLoop#again].
    public boolean mayHoldMore() {
        return isFruitful || raw.holdsMore();
    }

    /// The work that the handshake waits for. It may take milliseconds.
    public Runnable task() {
        Runnable wanted = task;
        task = null;
        return wanted == null ? () -> {} : wanted;
    }

    /// The [#task] ended in `cause`, so the handshake has failed. Called by the thread that ran it,
    /// before any other call of the connection.
    public final void taskFailed(Throwable cause) {
        taskFailure = unreadable(cause);
    }

    /// Whether something that was written has not left this host yet.
    public final boolean hasUnsent() {
        return hasUnsent || (outer != null && outer.hasUnsent());
    }

    /// @return 0 where nothing has come or the turn's budget is used up, -1 at the end of the
    ///     stream
    @Override
    public int read(ByteBuffer into) throws IOException {
        flush();
        if (raw.budget().isReadOver()) {
            return 0;
        }
        isFruitful = false;
        raw.budget().read(0);
        try {
            int count = channel.read(into);
            isFruitful = count > 0;
            return count;
        } catch (NeedsReadException _) {
            return 0;
        } catch (NeedsWriteException _) {
            hasUnsent = true;
            return 0;
        } catch (NeedsTaskException _) {
            throw anotherHandshake();
        } catch (RuntimeException | AssertionError e) {
            throw unreadable(e);
        }
    }

    /// The exception for bytes that the library or the engine has no exception for.
    private static SSLException unreadable(Throwable cause) {
        log.atDebug().setCause(cause).log("TLS failed in an unexpected way");
        return new SSLException("nothing can be made of what the peer sent", cause);
    }

    /// The refusal of a renegotiation. Only an old peer causes work after the handshake. It could
    /// repeat this, and the work would delay the loop.
    private static SSLException anotherHandshake() {
        return new SSLException("the peer wants another handshake, which is refused");
    }

    /// Writes as much as possible. Bytes that were taken and not sent go with the next write or
    /// read, see [#hasUnsent].
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
        } catch (RuntimeException | AssertionError e) {
            throw unreadable(e);
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

    /// Sends close_notify once. If the socket takes nothing now, it is left out, because a peer
    /// that reads nothing would not receive it.
    public final void sayGoodbye() throws IOException {
        // Asked a second time, the library would wait for the peer's own.
        if (!channel.shutdownSent()) {
            raw.budget().lastRecord(true);
            try {
                channel.shutdown();
            } catch (NeedsWriteException | NeedsReadException | NeedsTaskException _) {
                // See above; and the peer's own goodbye is not waited for here.
            } catch (RuntimeException | AssertionError e) {
                throw unreadable(e);
            } finally {
                raw.budget().lastRecord(false);
            }
        }
        if (outer != null) {
            outer.sayGoodbye();
        }
    }

    /// Drops the rest of this turn's input, so the socket can be closed without a RST.
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

    /// Sends the alert with the reason of the failure, if one exists and the channel takes it at
    /// once. An alert is optional.
    public final void sendAlert() {
        ByteBuffer record = ByteBuffer.allocate(engine.getSession().getPacketBufferSize());
        raw.budget().lastRecord(true);
        try {
            engine.wrap(NOTHING.duplicate(), record);
            raw.write(record.flip());
        } catch (IOException | RuntimeException _) {
            // The peer is gone, or the engine has nothing to say to it.
        } finally {
            raw.budget().lastRecord(false);
        }
    }

    /// The meaning of a failed handshake, or of a failure after it.
    public final TlsFailure fault(IOException cause) {
        Refusal refusal = refusal();
        return refusal == null
                ? TlsFailure.of(cause, isEstablished, raw.isEnded())
                : new TlsFailure(refusal.reason(), refusal.detail(), null);
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
