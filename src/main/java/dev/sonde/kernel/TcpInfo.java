package dev.sonde.kernel;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The kernel's account of one connection at one moment: `struct tcp_info`, as long as the kernel
/// gave it.
///
/// Immutable: a copy of the bytes, decoded on read. Only a [glance][KernelSockets#connectGlance] is
/// overwritten by the next one. A field is absent (`null`) if the kernel is too old for it, or if
/// no sample exists yet. It is also absent if the caller asked for less
/// ([KernelSockets#connectInfo]). The first 104 bytes are as old as Linux 2.6, so their fields are
/// never absent.
///
/// Source: Linux `include/uapi/linux/tcp.h` and `tcp_get_info` in `net/ipv4/tcp.c`.
public final class TcpInfo {

    /// Up to and with `tcpi_total_retrans`: less than this is no answer.
    static final int OLDEST_BYTES = 104;

    /// Up to and with `tcpi_min_rtt`: all fields for the verdict on a connect.
    static final int CONNECT_BYTES = 152;

    /// Up to and with `tcpi_snd_wnd` (Linux 5.4): all that is decoded here.
    static final int WHOLE_BYTES = 232;

    private static final VarHandle INT =
            MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.nativeOrder());
    private static final VarHandle LONG =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());
    /// Numbers that were read, each in the place of its last bits. Threads may overwrite each
    /// other's, because a number is immutable.
    private static final @Nullable Long[] BOXED = new Long[256];

    private static final long NO_SAMPLE = 0xFFFF_FFFFL;

    private final byte[] bytes;
    private int length;

    private TcpInfo(byte[] bytes, int length) {
        this.bytes = bytes;
        this.length = length;
    }

    /// Copies what the kernel wrote.
    ///
    /// @return `null` if it is shorter than any Linux would give
    static @Nullable TcpInfo copyOf(MemorySegment written, int length) {
        if (length < OLDEST_BYTES) {
            return null;
        }
        return ofGlances(length).read(written, length);
    }

    /// An account for glances of so many bytes. It is empty before the first one.
    static TcpInfo ofGlances(int mostBytes) {
        return new TcpInfo(new byte[mostBytes], 0);
    }

    /// Overwrites it with what the kernel wrote.
    ///
    /// @return `null` if that is shorter than any Linux would give
    @Nullable TcpInfo read(MemorySegment written, int count) {
        if (count < OLDEST_BYTES) {
            return null;
        }
        MemorySegment.copy(written, ValueLayout.JAVA_BYTE, 0, bytes, 0, count);
        length = count;
        return this;
    }

    /// A copy that stays valid.
    public TcpInfo kept() {
        return new TcpInfo(Arrays.copyOf(bytes, length), length);
    }

    /// Whether the handshake has ended well.
    public boolean isConnected() {
        TcpState state = state();
        return state != TcpState.SYN_SENT && state != TcpState.CLOSE;
    }

    public TcpState state() {
        return TcpState.of(u8(0));
    }

    /// Retransmissions of the segment now unacknowledged, 0..255; back to 0 when an acknowledgement
    /// comes.
    public int retransmits() {
        return u8(2);
    }

    /// Unanswered keepalive or zero-window probes, 0..255.
    public int probes() {
        return u8(3);
    }

    /// How often the retransmission timer has doubled, 0..255.
    public int backoff() {
        return u8(4);
    }

    /// Options of the handshake; empty before its end.
    public Set<TcpOption> options() {
        return TcpOption.of(u8(5));
    }

    /// The retransmission timeout in force, in microseconds.
    public long rtoMicros() {
        return u32(8);
    }

    /// The largest segment to send, in bytes of payload; the default of 536 or 524 before the
    /// handshake ends.
    public Long sndMss() {
        return boxed(u32(16));
    }

    /// The estimate of the largest segment the peer sends, in bytes of payload.
    public long rcvMss() {
        return u32(20);
    }

    /// Segments sent and not acknowledged, the SYN included.
    public long unacked() {
        return u32(24);
    }

    /// Segments beyond a gap that the peer reported as received.
    public long sacked() {
        return u32(28);
    }

    /// Segments that the kernel takes for lost.
    public long lost() {
        return u32(32);
    }

    /// Segments that were sent again and are still under way. A SYN that this host's own filter
    /// drops is repeated and never counted here.
    public long retrans() {
        return u32(36);
    }

    /// Milliseconds since the last acknowledgement came, as coarse as the kernel's jiffy (1..10
    /// ms).
    public long lastAckRecvMillis() {
        return u32(56);
    }

    /// The path's largest packet as known now, in bytes; absent before a route is known.
    public @Nullable Long pmtu() {
        return positive(60);
    }

    /// The smoothed round-trip time in microseconds; absent without a sample. Right after the
    /// handshake it *is* the one sample SYN to SYN-ACK, exact unless [#totalRetrans] is above 0:
    /// then it has a step of 1 ms.
    public @Nullable Long rttMicros() {
        return positive(68);
    }

    /// The mean deviation of the round-trip time in microseconds; absent without a sample.
    public @Nullable Long rttvarMicros() {
        return positive(68) == null ? null : Long.valueOf(u32(72));
    }

    /// Segments retransmitted in the connection's life, SYNs included.
    public long totalRetrans() {
        return u32(100);
    }

    /// Bytes the peer acknowledged (Linux 4.1). On the side that connected the SYN counts as one.
    public @Nullable Long bytesAcked() {
        return u64(120);
    }

    /// Bytes of payload received in order (Linux 4.1).
    public @Nullable Long bytesReceived() {
        return u64(128);
    }

    /// Segments sent, of any kind (Linux 4.2).
    public @Nullable Long segsOut() {
        return newer(136);
    }

    /// Segments received, of any kind (Linux 4.2): 0 after a refusal means that an ICMP message
    /// refused, not a RST.
    public @Nullable Long segsIn() {
        return newer(140);
    }

    /// Bytes written and not yet sent once (Linux 4.6).
    public @Nullable Long notSent() {
        return newer(144);
    }

    /// The smallest round-trip time of the last minutes in microseconds (Linux 4.6); absent without
    /// a sample.
    public @Nullable Long minRttMicros() {
        Long micros = newer(148);
        return micros == null || micros == NO_SAMPLE ? null : micros;
    }

    /// Segments with payload sent, repetitions included (Linux 4.6).
    public @Nullable Long dataSegsOut() {
        return newer(156);
    }

    /// Microseconds with data to send or unacknowledged (Linux 4.9).
    public @Nullable Long busyTimeMicros() {
        return u64(168);
    }

    /// Microseconds of [#busyTimeMicros] in which the peer's receive window was the limit (Linux
    /// 4.9).
    public @Nullable Long rwndLimitedMicros() {
        return u64(176);
    }

    /// Microseconds of [#busyTimeMicros] in which the own send buffer was the limit (Linux 4.9).
    public @Nullable Long sndbufLimitedMicros() {
        return u64(184);
    }

    /// The window that the peer advertises, in bytes after scaling (Linux 5.4); 0 means that it
    /// takes nothing.
    public @Nullable Long sndWnd() {
        return newer(228);
    }

    private int u8(int offset) {
        return bytes[offset] & 0xFF;
    }

    private long u32(int offset) {
        return Integer.toUnsignedLong((int) INT.get(bytes, offset));
    }

    private @Nullable Long positive(int offset) {
        long value = u32(offset);
        return value == 0 ? null : boxed(value);
    }

    /// The same object for equal values, mostly: the connections of a path share theirs.
    private static Long boxed(long value) {
        int place = (int) value & (BOXED.length - 1);
        Long known = BOXED[place];
        if (known == null || known != value) {
            known = value;
            BOXED[place] = known;
        }
        return known;
    }

    private @Nullable Long newer(int offset) {
        return length < offset + Integer.BYTES ? null : Long.valueOf(u32(offset));
    }

    private @Nullable Long u64(int offset) {
        return length < offset + Long.BYTES ? null : Long.valueOf((long) LONG.get(bytes, offset));
    }
}
