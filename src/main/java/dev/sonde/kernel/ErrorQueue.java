package dev.sonde.kernel;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/// A message to receive error queue entries with: `struct msghdr` and the control buffer it points
/// to.
///
/// One thread at a time. The payload that caused the error is not read. Layouts are those of 64-bit
/// Linux: `struct cmsghdr`, `struct sock_extended_err` (`linux/errqueue.h`), then the offender's
/// `struct sockaddr`.
final class ErrorQueue {

    private static final int MESSAGE_BYTES = 56;
    private static final int CONTROL_POINTER = 32;
    private static final int CONTROL_LENGTH = 40;
    private static final int CONTROL_BYTES = 256;

    private static final int HEADER_BYTES = 16;
    private static final int ERROR = HEADER_BYTES;
    private static final int OFFENDER = ERROR + 16;

    private static final int ORIGIN_NONE = 0;
    private static final int ORIGIN_LOCAL = 1;
    private static final int ORIGIN_ICMP = 2;
    private static final int ORIGIN_ICMP6 = 3;

    private final SocketCalls calls;
    private final MemorySegment message;
    private final MemorySegment control;

    ErrorQueue(SocketCalls calls) {
        this.calls = calls;
        Arena arena = Arena.ofAuto();
        message = arena.allocate(MESSAGE_BYTES, Long.BYTES);
        control = arena.allocate(CONTROL_BYTES, Long.BYTES);
    }

    /// Takes the oldest error off the queue, passing over entries that are no errors (timestamps
    /// and the like).
    ///
    /// @return `null` if there is none, or the queue cannot be read
    @Nullable QueuedError poll(int descriptor) {
        QueuedError error = null;
        while (error == null && receive(descriptor) >= 0) {
            error = decode();
        }
        return error;
    }

    /// @return at least 0, or the negated error number: EAGAIN if the queue is empty
    private int receive(int descriptor) {
        message.set(ADDRESS, CONTROL_POINTER, control);
        message.set(JAVA_LONG, CONTROL_LENGTH, CONTROL_BYTES);
        return calls.receiveError(descriptor, message);
    }

    private @Nullable QueuedError decode() {
        long written = message.get(JAVA_LONG, CONTROL_LENGTH);
        for (long at = 0; at + OFFENDER <= written; at += aligned(control.get(JAVA_LONG, at))) {
            if (isError(control.get(JAVA_INT, at + 8), control.get(JAVA_INT, at + 12))) {
                return decode(control.asSlice(at));
            }
        }
        return null;
    }

    private static boolean isError(int level, int type) {
        return is(SocketOption.IP_RECVERR, level, type)
                || is(SocketOption.IPV6_RECVERR, level, type);
    }

    private static boolean is(SocketOption option, int level, int type) {
        return option.level == level && option.number == type;
    }

    private static @Nullable QueuedError decode(MemorySegment entry) {
        Errno errno = Errno.of(entry.get(JAVA_INT, ERROR));
        return switch (entry.get(JAVA_BYTE, ERROR + 4)) {
            case ORIGIN_NONE, ORIGIN_LOCAL -> new QueuedError.Local(errno);
            case ORIGIN_ICMP -> icmp(errno, QueuedError.Version.V4, entry);
            case ORIGIN_ICMP6 -> icmp(errno, QueuedError.Version.V6, entry);
            default -> null;
        };
    }

    private static QueuedError icmp(Errno errno, QueuedError.Version version, MemorySegment entry) {
        int type = Byte.toUnsignedInt(entry.get(JAVA_BYTE, ERROR + 5));
        int code = Byte.toUnsignedInt(entry.get(JAVA_BYTE, ERROR + 6));
        return new QueuedError.Icmp(
                errno, version, type, code, SocketAddresses.addressAt(entry, OFFENDER));
    }

    private static long aligned(long entryLength) {
        long length = Math.max(entryLength, HEADER_BYTES); // never in place
        return length + Long.BYTES - 1 & -Long.BYTES;
    }
}
