package dev.sonde.store.bytes;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// The bytes of one stored row while they are written: numbers of variable length, small ones in
/// one byte, and strings that are a number where [Dictionary] has one. Owned by one thread.
final class RowOutput {

    private byte[] bytes = new byte[256];
    private int length;

    byte[] toBytes() {
        return Arrays.copyOf(bytes, length);
    }

    void number(long value) {
        // Zigzag: small negative numbers stay short as well.
        long rest = (value << 1) ^ (value >> 63);
        while ((rest & ~0x7FL) != 0) {
            octet((int) ((rest & 0x7F) | 0x80));
            rest >>>= 7;
        }
        octet((int) rest);
    }

    /// An absent value is one zero byte; a present one follows a one.
    void optionalNumber(@Nullable Long value) {
        octet(value == null ? 0 : 1);
        if (value != null) {
            number(value);
        }
    }

    /// 0 is absent, odd is a known word, even is a length and the text.
    void text(@Nullable String value) {
        if (value == null) {
            number(0);
            return;
        }
        Integer known = Dictionary.number(value);
        if (known != null) {
            number(2L * known + 1);
            return;
        }
        byte[] text = value.getBytes(StandardCharsets.UTF_8);
        number(2L * text.length + 2);
        octets(text);
    }

    /// Writes an address without its scope, which is valid on this host only.
    void address(@Nullable InetSocketAddress value) {
        InetAddress address = value == null ? null : value.getAddress();
        if (value == null || address == null) {
            octet(0);
            return;
        }
        byte[] octets = address.getAddress();
        octet(octets.length);
        octets(octets);
        number(value.getPort());
    }

    private void octets(byte[] value) {
        reserve(value.length);
        System.arraycopy(value, 0, bytes, length, value.length);
        length += value.length;
    }

    private void octet(int value) {
        reserve(1);
        bytes[length++] = (byte) value;
    }

    private void reserve(int more) {
        if (length + more > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, length + more));
        }
    }
}
