package dev.sonde.kernel;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Accepts connections without a channel. For the channel of each connection the JDK makes three
/// calls of the kernel. A connection that ends at once needs none of them.
///
/// Belongs to the thread of its [KernelSockets].
public final class DirectAccept {

    private static final Set<Errno> DENIALS =
            EnumSet.of(Errno.ENOSYS, Errno.EPERM, Errno.EACCES, Errno.EINVAL);

    private final SocketCalls calls;
    private final KnownAddresses known;
    private final DirectCalls direct = new DirectCalls();

    /// Whether this host does not allow the call.
    private boolean isDenied;

    DirectAccept(SocketCalls calls, KnownAddresses known) {
        this.calls = calls;
        this.known = known;
    }

    boolean isDenied() {
        return isDenied;
    }

    /// Takes the next connection out of the accept queue.
    ///
    /// @param address where the listener listens
    /// @return absent where none waits
    /// @throws IOException where the kernel refuses
    public @Nullable DirectSocket accept(ServerSocketChannel listener, InetSocketAddress address)
            throws IOException {
        int from = Descriptors.of(listener);
        int answer = direct.accept(from);
        while (answer == -Errno.EINTR.number() || answer == -Errno.ECONNABORTED.number()) {
            answer = direct.accept(from);
        }
        if (answer == -Errno.EAGAIN.number()) {
            return null;
        }
        if (answer < 0) {
            Errno errno = Errno.of(-answer);
            isDenied = DENIALS.contains(errno);
            throw new IOException("accept4: " + errno);
        }
        InetSocketAddress peer = known.at(direct.address());
        InetSocketAddress own =
                address.getAddress().isAnyLocalAddress() ? ownAddress(answer) : address;
        if (peer == null || own == null) {
            isDenied = true;
            direct.close(answer);
            throw new IOException("accept4: no address of a connection");
        }
        return new DirectSocket(calls, direct, answer, peer, own);
    }

    /// A listener on all addresses does not know which one the peer has chosen.
    private @Nullable InetSocketAddress ownAddress(int descriptor) {
        return calls.name(descriptor) < 0 ? null : known.at(calls.value());
    }
}
