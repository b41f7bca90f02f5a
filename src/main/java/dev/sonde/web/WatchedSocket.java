package dev.sonde.web;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.util.concurrent.TimeUnit;
import org.apache.tomcat.util.net.NioChannel;
import org.apache.tomcat.util.net.NioEndpoint;
import org.apache.tomcat.util.net.SecureNioChannel;
import org.apache.tomcat.util.net.SocketEvent;

/// A socket that notes at its connection when its peer does not read. Its write buffer is small. A
/// longer text is written from where it stands, and an answer of many parts is gathered.
final class WatchedSocket extends NioEndpoint.NioSocketWrapper {

    /// The JDK keeps a native buffer as large as the largest write, for each carrier thread.
    private static final int SLICE_BYTES = 64 * 1_024;

    private static final int DRAIN_BYTES = 1_024;
    private static final int DRAINS = 256;

    private final HttpConnection connection;
    private final GatheredAnswer gathered = new GatheredAnswer(this::writeGathered);

    /// Whether nothing of a next request was read. Belongs to the serving thread.
    private boolean isResting;

    WatchedSocket(NioChannel channel, NioEndpoint endpoint, HttpConnection connection) {
        super(channel, endpoint);
        this.connection = connection;
        connection.attach(this);
    }

    HttpConnection connection() {
        return connection;
    }

    /// The server has answered, and has read everything or a part of a next request.
    void rests(boolean isWithoutInput) {
        this.isResting = isWithoutInput;
    }

    @Override
    public void registerReadInterest() {
        RequestReader reader = isResting && isLendable() ? connection.takeReader() : null;
        isResting = false;
        if (reader == null) {
            super.registerReadInterest();
        } else {
            reader.take(new LentSocket(this));
        }
    }

    private boolean isLendable() {
        return !(getSocket() instanceof SecureNioChannel)
                && getEndpoint().getMaxKeepAliveRequests() < 0;
    }

    /// Goes on after the socket was lent.
    ///
    /// @param read bytes that were read meanwhile
    void goOn(ByteBuffer read) {
        if (isClosed()) {
            return;
        }
        if (!read.hasRemaining()) {
            super.registerReadInterest();
            return;
        }
        unRead(read);
        if (!getEndpoint().processSocket(this, SocketEvent.OPEN_READ, true)) {
            close();
        }
    }

    /// How long the connection may rest.
    long restMillis() {
        int millis = getEndpoint().getKeepAliveTimeout();
        return millis > 0 ? millis : TimeUnit.DAYS.toMillis(1);
    }

    /// The answer to the current request leaves in large parts.
    GatheredAnswer gathered() {
        return gathered;
    }

    @Override
    protected void writeBlocking(byte[] from, int offset, int length) throws IOException {
        writeBlocking(ByteBuffer.wrap(from, offset, length));
    }

    @Override
    protected void writeBlocking(ByteBuffer from) throws IOException {
        if (gathered.write(from)) {
            return;
        }
        if (from.remaining() > socketBufferHandler.getWriteBuffer().capacity()) {
            writeEarlier();
            writeSlices(from);
        } else {
            super.writeBlocking(from);
        }
    }

    @Override
    protected void flushBlocking() throws IOException {
        gathered.flush();
        super.flushBlocking();
    }

    private void writeGathered(ByteBuffer whole) throws IOException {
        writeEarlier();
        doWrite(true, whole);
    }

    private void writeEarlier() throws IOException {
        if (!socketBufferHandler.isWriteBufferEmpty()) {
            doWrite(true);
        }
    }

    private void writeSlices(ByteBuffer from) throws IOException {
        int limit = from.limit();
        while (from.position() < limit) {
            from.limit(Math.min(limit, from.position() + SLICE_BYTES));
            doWrite(true, from);
        }
    }

    @Override
    protected void doWrite(boolean block, ByteBuffer buffer) throws IOException {
        if (isClosed()) {
            // Another thread ends it: a request that it cut off has no answer.
            throw new ClosedChannelException();
        }
        super.doWrite(false, buffer);
        if (!block || (!buffer.hasRemaining() && getSocket().getOutboundRemaining() == 0)) {
            return;
        }
        connection.connections().block(connection);
        try {
            super.doWrite(true, buffer);
        } finally {
            connection.connections().unblock(connection);
        }
    }

    @Override
    protected void doClose() {
        try {
            drain();
            super.doClose();
        } finally {
            connection.connections().remove(connection);
        }
    }

    /// Reads unwanted bytes that have arrived. The kernel would answer them with a RST, which
    /// destroys an answer on its way (RFC 9112 section 9.6).
    private void drain() {
        ByteBuffer unwanted = ByteBuffer.allocate(DRAIN_BYTES);
        try {
            for (int i = 0; i < DRAINS && getSocket().getIOChannel().read(unwanted) > 0; i++) {
                unwanted.clear();
            }
        } catch (IOException _) {
            // It is closed anyway.
        }
    }
}
