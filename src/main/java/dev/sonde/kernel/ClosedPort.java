package dev.sonde.kernel;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// A UDP port without a socket, and a socket that sends to it. Each datagram causes a real ICMP
/// message, without any privilege.
final class ClosedPort implements AutoCloseable {

    private static final long ICMP_PATIENCE_NANOS = TimeUnit.MILLISECONDS.toNanos(200);
    private static final long ICMP_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

    private final DatagramChannel sender;

    private ClosedPort(DatagramChannel sender) {
        this.sender = sender;
    }

    static ClosedPort at(InetAddress address) throws IOException {
        DatagramChannel sender = DatagramChannel.open();
        try {
            sender.connect(new InetSocketAddress(address, abandonedPort(address)));
            return new ClosedPort(sender);
        } catch (IOException e) {
            sender.close();
            throw e;
        }
    }

    private static int abandonedPort(InetAddress address) throws IOException {
        try (DatagramChannel abandoned = DatagramChannel.open()) {
            abandoned.bind(new InetSocketAddress(address, 0));
            return ((InetSocketAddress) abandoned.getLocalAddress()).getPort();
        }
    }

    int descriptor() {
        return Descriptors.of(sender);
    }

    /// Sends a datagram and waits for its ICMP message.
    ///
    /// @return null where the queue has it, else the fault
    @Nullable String fault(ErrorQueue queue) throws IOException {
        sender.write(ByteBuffer.allocate(1));
        int descriptor = descriptor();
        long startedNanos = System.nanoTime();
        QueuedError error = queue.poll(descriptor);
        while (error == null && System.nanoTime() - startedNanos < ICMP_PATIENCE_NANOS) {
            LockSupport.parkNanos(ICMP_PAUSE_NANOS);
            error = queue.poll(descriptor);
        }
        if (error == null) {
            return "recvmsg(MSG_ERRQUEUE) gave no ICMP message for a datagram to a closed port";
        }
        return error instanceof QueuedError.Icmp ? null : "recvmsg(MSG_ERRQUEUE) gave " + error;
    }

    @Override
    public void close() throws IOException {
        sender.close();
    }
}
