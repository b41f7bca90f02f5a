package dev.sonde.kernel;

/// How many completed handshakes wait for `accept` at a listening socket.
///
/// @param length connections waiting now, 0..`limit` + 1
/// @param limit the backlog in force: what was asked for, at most `net.core.somaxconn`
public record AcceptQueue(long length, long limit) {

    /// Whether the next SYN is dropped. Linux admits one more than the limit (`sk_acceptq_is_full`
    /// compares with `>`).
    public boolean isFull() {
        return length > limit;
    }
}
