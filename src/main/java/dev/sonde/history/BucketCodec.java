package dev.sonde.history;

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

    /// Bits of a byte that hold the count of a class, and the farthest class in the others.
    private static final int COUNT_BITS = 6;

    private static final int NEAR = 4;

    private BucketCodec() {}

    public static byte[] write(List<Bucket> buckets) {
        BucketOutput out = new BucketOutput();
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
        BucketInput in = new BucketInput(bytes);
        List<Bucket> buckets = new ArrayList<>();
        while (in.hasMore()) {
            buckets.add(new Bucket(in.number(), totals(in)));
        }
        return buckets;
    }

    private static void write(BucketOutput out, Bucket bucket) {
        Totals totals = bucket.totals();
        out.number(bucket.at());
        out.number(totals.succeeded());
        out.number(totals.notProbed());
        out.number(totals.synRetransmits());
        out.number(totals.unwatchedMillis());
        out.number(totals.failures().size());
        totals.failures()
                .forEach(
                        (reason, runs) -> {
                            out.text(reason);
                            out.number(runs);
                        });
        write(out, totals.connect());
        write(out, totals.rtt());
        write(out, totals.lateness());
        out.number(totals.countedGood());
        out.number(totals.countedBad());
        out.number(totals.silencedGood());
        out.number(totals.silencedBad());
        out.number(totals.inMaintenance());
    }

    private static void write(BucketOutput out, Distribution distribution) {
        out.number(distribution.size());
        if (distribution.isEmpty()) {
            return;
        }
        out.number(distribution.maxMicros());
        int before = 0;
        for (int i = 0; i < distribution.size(); i++) {
            write(out, distribution.classAt(i) - before, distribution.countAt(i));
            before = distribution.classAt(i);
        }
    }

    /// The usual class has few times and is near the one before, so one byte holds both. Any other
    /// is a zero and two numbers.
    private static void write(BucketOutput out, int distance, int count) {
        if (distance >= 1 && distance <= NEAR && count < 1 << COUNT_BITS) {
            out.write((distance - 1) << COUNT_BITS | count);
        } else {
            out.write(0);
            out.number(distance);
            out.number(count);
        }
    }

    private static Totals totals(BucketInput in) {
        Totals totals = new Totals();
        totals.count(in.number(), in.number(), in.number());
        totals.addUnwatched(in.number());
        int reasons = (int) in.number();
        for (int i = 0; i < reasons; i++) {
            String reason = in.text();
            totals.addFailed(reason, in.number());
        }
        read(in, totals.connect());
        read(in, totals.rtt());
        if (in.version() == FIRST_VERSION) {
            totals.judged(totals.succeeded(), totals.failed());
            return totals;
        }
        read(in, totals.lateness());
        totals.judged(in.number(), in.number());
        totals.silenced(in.number(), in.number(), in.number());
        return totals;
    }

    private static void read(BucketInput in, Distribution distribution) {
        int size = (int) in.number();
        if (size == 0) {
            return;
        }
        distribution.raiseMax(in.number());
        int classNumber = 0;
        for (int i = 0; i < size; i++) {
            int both = in.version() <= TWO_NUMBERS ? 0 : in.octet();
            classNumber += both == 0 ? (int) in.number() : (both >> COUNT_BITS) + 1;
            distribution.add(
                    classNumber, both == 0 ? (int) in.number() : both & ((1 << COUNT_BITS) - 1));
        }
    }
}
