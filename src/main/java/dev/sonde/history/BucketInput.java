package dev.sonde.history;

import java.nio.charset.StandardCharsets;

/// Reads what a [BucketOutput] made. The first byte is the format's version. For one thread.
final class BucketInput {

    private final byte[] bytes;
    private int place = 1;

    BucketInput(byte[] bytes) {
        this.bytes = bytes;
    }

    int version() {
        return bytes[0];
    }

    boolean hasMore() {
        return place < bytes.length;
    }

    int octet() {
        return bytes[place++] & 0xFF;
    }

    long number() {
        long value = 0;
        int shift = 0;
        byte next;
        do {
            next = bytes[place++];
            value |= (long) (next & (BucketOutput.MORE - 1)) << shift;
            shift += BucketOutput.BITS;
        } while (next < 0);
        return value;
    }

    String text() {
        int length = (int) number();
        place += length;
        return new String(bytes, place - length, length, StandardCharsets.US_ASCII);
    }
}
