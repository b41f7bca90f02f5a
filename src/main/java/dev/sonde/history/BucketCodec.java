package dev.sonde.history;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Buckets to and from bytes, many in a row; every number takes seven bits a byte. The first byte
/// is the format's version.
public final class BucketCodec {

    private static final int VERSION = 3;

    /// The last version in which each class of a distribution has two numbers.
    private static final int TWO_NUMBERS = 2;

    /// Without verdicts, maintenance and lateness.
    private static final int FIRST_VERSION = 1;

    private static final int BITS = 7;

    /// Bits of a byte that hold the count of a class, and the farthest class in the others.
    private static final int COUNT_BITS = 6;

    private static final int NEAR = 4;
    private static final int MORE = 0x80;

    private BucketCodec() {}

    public static byte[] write(List<Bucket> buckets) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(VERSION);
        for (Bucket bucket : buckets) {
            write(out, bucket);
        }
        return out.toByteArray();
    }

    /// As [#read] does, of bytes that another process wrote.
    ///
    /// @throws IllegalArgumentException where they cannot be read
    public static List<Bucket> readForeign(byte[] bytes) {
        try {
            return bytes.length == 0 ? List.of() : read(bytes);
        } catch (RuntimeException e) {
            throw new IllegalArgumentException("buckets cannot be read: " + e.getMessage(), e);
        }
    }

    /// Adds a bucket behind others, which are not read for it.
    ///
    /// @param before what [#write] made, or nothing
    static byte[] append(byte[] before, Bucket bucket) {
        byte[] last = write(List.of(bucket));
        if (before.length == 0) {
            return last;
        }
        byte[] both = Arrays.copyOf(before, before.length + last.length - 1);
        System.arraycopy(last, 1, both, before.length, last.length - 1);
        return both;
    }

    public static List<Bucket> read(byte[] bytes) {
        if (bytes[0] < FIRST_VERSION || bytes[0] > VERSION) {
            throw new IllegalStateException("written by a later version: format " + bytes[0]);
        }
        Input in = new Input(bytes);
        List<Bucket> buckets = new ArrayList<>();
        while (in.place < bytes.length) {
            buckets.add(new Bucket(in.number(), totals(in)));
        }
        return buckets;
    }

    private static void write(ByteArrayOutputStream out, Bucket bucket) {
        Totals totals = bucket.totals();
        number(out, bucket.at());
        number(out, totals.succeeded());
        number(out, totals.notProbed());
        number(out, totals.synRetransmits());
        number(out, totals.unwatchedMillis());
        number(out, totals.failures().size());
        totals.failures()
                .forEach(
                        (reason, runs) -> {
                            byte[] text = reason.getBytes(StandardCharsets.US_ASCII);
                            number(out, text.length);
                            out.writeBytes(text);
                            number(out, runs);
                        });
        write(out, totals.connect());
        write(out, totals.rtt());
        write(out, totals.lateness());
        number(out, totals.countedGood());
        number(out, totals.countedBad());
        number(out, totals.silencedGood());
        number(out, totals.silencedBad());
        number(out, totals.inMaintenance());
    }

    private static void write(ByteArrayOutputStream out, Distribution distribution) {
        number(out, distribution.size());
        if (distribution.isEmpty()) {
            return;
        }
        number(out, distribution.maxMicros());
        int before = 0;
        for (int i = 0; i < distribution.size(); i++) {
            write(out, distribution.classAt(i) - before, distribution.countAt(i));
            before = distribution.classAt(i);
        }
    }

    /// The usual class has few times and is near the one before, so one byte holds both. Any other
    /// is a zero and two numbers.
    private static void write(ByteArrayOutputStream out, int distance, int count) {
        if (distance >= 1 && distance <= NEAR && count < 1 << COUNT_BITS) {
            out.write((distance - 1) << COUNT_BITS | count);
        } else {
            out.write(0);
            number(out, distance);
            number(out, count);
        }
    }

    private static Totals totals(Input in) {
        Totals totals = new Totals();
        totals.count(in.number(), in.number(), in.number());
        totals.addUnwatched(in.number());
        int reasons = (int) in.number();
        for (int i = 0; i < reasons; i++) {
            String reason = in.text((int) in.number());
            totals.addFailed(reason, in.number());
        }
        read(in, totals.connect());
        read(in, totals.rtt());
        if (in.isFirstVersion()) {
            totals.judged(totals.succeeded(), totals.failed());
            return totals;
        }
        read(in, totals.lateness());
        totals.judged(in.number(), in.number());
        totals.silenced(in.number(), in.number(), in.number());
        return totals;
    }

    private static void read(Input in, Distribution distribution) {
        int size = (int) in.number();
        if (size == 0) {
            return;
        }
        distribution.raiseMax(in.number());
        int classNumber = 0;
        for (int i = 0; i < size; i++) {
            int both = in.bytes[0] <= TWO_NUMBERS ? 0 : in.octet();
            classNumber += both == 0 ? (int) in.number() : (both >> COUNT_BITS) + 1;
            distribution.add(
                    classNumber, both == 0 ? (int) in.number() : both & ((1 << COUNT_BITS) - 1));
        }
    }

    /// @param value not negative
    private static void number(ByteArrayOutputStream out, long value) {
        long left = value;
        while (left >= MORE) {
            out.write((int) (left & (MORE - 1)) | MORE);
            left >>>= BITS;
        }
        out.write((int) left);
    }

    private static final class Input {

        private final byte[] bytes;
        private int place = 1;

        private Input(byte[] bytes) {
            this.bytes = bytes;
        }

        private boolean isFirstVersion() {
            return bytes[0] == FIRST_VERSION;
        }

        private int octet() {
            return bytes[place++] & 0xFF;
        }

        private long number() {
            long value = 0;
            int shift = 0;
            byte next;
            do {
                next = bytes[place++];
                value |= (long) (next & (MORE - 1)) << shift;
                shift += BITS;
            } while (next < 0);
            return value;
        }

        private String text(int length) {
            place += length;
            return new String(bytes, place - length, length, StandardCharsets.US_ASCII);
        }
    }
}
