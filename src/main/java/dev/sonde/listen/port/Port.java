package dev.sonde.listen.port;

import dev.sonde.kernel.AcceptQueue;
import dev.sonde.kernel.KernelSockets;
import dev.sonde.listen.spec.ListenerStatus;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.SelectionKey;
import java.nio.channels.ServerSocketChannel;
import java.util.OptionalLong;

/// A listening socket, registered with its loop.
///
/// @param address where it really listens
/// @param sendsAtOnce whether its connections send without delay from the start
public record Port(
        ServerSocketChannel channel,
        SelectionKey key,
        InetSocketAddress address,
        boolean sendsAtOnce) {

    /// Its accept queue, in the kernel's words.
    ///
    /// @param kernel of the loop that runs
    public ListenerStatus.Queue queue(KernelSockets kernel) {
        AcceptQueue queue = kernel.acceptQueue(channel);
        OptionalLong drops = kernel.drops(channel);
        return new ListenerStatus.Queue(
                queue == null ? null : queue.length(),
                queue == null ? null : queue.limit(),
                drops.isPresent() ? drops.getAsLong() : null);
    }

    /// Lets no other socket have the address while this one does not listen on it.
    ///
    /// @return whether the kernel accepted the option
    public boolean reserve(boolean on) {
        try {
            channel.setOption(StandardSocketOptions.SO_REUSEADDR, !on);
            return true;
        } catch (IOException _) {
            return false;
        }
    }
}
