package dev.sonde.store.bytes;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// The bytes of one stored row while they are read; the mirror of [RowOutput]. Owned by one thread.
final class RowInput {

    private final ByteBuffer bytes;

    RowInput(byte[] bytes) {
        this.bytes = ByteBuffer.wrap(bytes);
    }

    long number() {
        long rest = 0;
        int shift = 0;
        byte octet;
        do {
            octet = bytes.get();
            rest |= (octet & 0x7FL) << shift;
            shift += 7;
        } while (octet < 0);
        return (rest >>> 1) ^ -(rest & 1);
    }

    int count() {
        return Math.toIntExact(number());
    }

    @Nullable Long optionalNumber() {
        return bytes.get() == 0 ? null : number();
    }

    @Nullable String optionalText() {
        int head = count();
        if (head == 0) {
            return null;
        }
        return (head & 1) == 1 ? Dictionary.word(head >> 1) : text((head - 2) >> 1);
    }

    String text() {
        String text = optionalText();
        if (text == null) {
            throw new IllegalStateException("a text is missing at " + bytes.position());
        }
        return text;
    }

    @Nullable InetSocketAddress address() {
        byte[] octets = new byte[bytes.get()];
        if (octets.length == 0) {
            return null;
        }
        bytes.get(octets);
        try {
            return new InetSocketAddress(InetAddress.getByAddress(octets), count());
        } catch (UnknownHostException e) {
            throw new IllegalStateException("an address has 4 or 16 bytes", e);
        }
    }

    private String text(int length) {
        byte[] text = new byte[length];
        bytes.get(text);
        return new String(text, StandardCharsets.UTF_8);
    }
}
