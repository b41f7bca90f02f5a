package dev.sonde.kernel;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;

/// An accepted connection without a channel. It must be closed: nothing else frees its descriptor.
/// Belongs to the thread that accepted it.
public final class DirectSocket {

    private final SocketCalls calls;
    private final DirectCalls direct;
    private final InetSocketAddress remote;
    private final InetSocketAddress local;
    private int descriptor;

    DirectSocket(
            SocketCalls calls,
            DirectCalls direct,
            int descriptor,
            InetSocketAddress remote,
            InetSocketAddress local) {
        this.calls = calls;
        this.direct = direct;
        this.descriptor = descriptor;
        this.remote = remote;
        this.local = local;
    }

    public InetSocketAddress remote() {
        return remote;
    }

    public InetSocketAddress local() {
        return local;
    }

    /// Whether the kernel knows that nothing has come yet, neither bytes nor an end.
    public boolean isSilent() {
        return calls.pollInput(descriptor) == 0;
    }

    /// Reads bytes that have come.
    ///
    /// @param into outside the heap
    /// @return 0 where nothing has come, -1 where the peer sends no more
    /// @throws IOException where the connection broke
    public int read(ByteBuffer into) throws IOException {
        if (descriptor == Descriptors.NONE || !into.isDirect()) {
            throw new IllegalStateException("an open socket and memory outside the heap");
        }
        if (!into.hasRemaining()) {
            return 0;
        }
        int answer = direct.receive(descriptor, into);
        while (answer == -Errno.EINTR.number()) {
            answer = direct.receive(descriptor, into);
        }
        if (answer == -Errno.EAGAIN.number()) {
            return 0;
        }
        if (answer < 0) {
            throw new IOException(ErrorTexts.english(Errno.of(-answer)));
        }
        into.position(into.position() + answer);
        return answer == 0 ? -1 : answer;
    }

    /// Closes the connection; again it does nothing.
    ///
    /// @param isReset whether the peer meets a RST and not a FIN
    public void close(boolean isReset) {
        if (descriptor == Descriptors.NONE) {
            return;
        }
        if (isReset) {
            calls.setPair(descriptor, SocketOption.SO_LINGER, 1, 0);
        }
        direct.close(descriptor);
        descriptor = Descriptors.NONE;
    }
}
