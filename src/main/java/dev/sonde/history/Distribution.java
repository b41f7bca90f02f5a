package dev.sonde.history;

import java.util.Arrays;

/// A distribution of measured times in log-linear classes: sixteen to each doubling, so a
/// percentile is within 3.2 % of the measured one. Owned by its holder.
public final class Distribution {

    /// Bits of a time that choose its class within a doubling.
    private static final int BITS = 4;

    private static final int FIRST = 8;

    private short[] classes = new short[0];
    private int[] counts = new int[0];
    private int size;
    private long max;

    public void add(long micros) {
        add(classOf(micros), 1);
        max = Math.max(max, micros);
    }

    void add(int classNumber, int count) {
        int at = Arrays.binarySearch(classes, 0, size, (short) classNumber);
        if (at >= 0) {
            counts[at] += count;
            return;
        }
        int place = -at - 1;
        if (size == classes.length) {
            int larger = Math.max(FIRST, size * 2);
            classes = Arrays.copyOf(classes, larger);
            counts = Arrays.copyOf(counts, larger);
        }
        System.arraycopy(classes, place, classes, place + 1, size - place);
        System.arraycopy(counts, place, counts, place + 1, size - place);
        classes[place] = (short) classNumber;
        counts[place] = count;
        size++;
    }

    void raiseMax(long micros) {
        max = Math.max(max, micros);
    }

    void merge(Distribution other) {
        for (int i = 0; i < other.size; i++) {
            add(other.classes[i], other.counts[i]);
        }
        raiseMax(other.max);
    }

    void clear() {
        size = 0;
        max = 0;
    }

    public boolean isEmpty() {
        return size == 0;
    }

    public long maxMicros() {
        return max;
    }

    int size() {
        return size;
    }

    int classAt(int place) {
        return classes[place];
    }

    int countAt(int place) {
        return counts[place];
    }

    /// The time that this share of the measured ones does not exceed (nearest rank).
    ///
    /// @param percent 1 to 100
    public long percentileMicros(int percent) {
        long all = 0;
        for (int i = 0; i < size; i++) {
            all += counts[i];
        }
        long rank = Math.max(1, (all * percent + 99) / 100);
        int place = 0;
        for (long seen = counts[0]; seen < rank; seen += counts[place]) {
            place++;
        }
        return Math.min(middleOf(classes[place]), max);
    }

    static int classOf(long micros) {
        long value = Math.max(micros, 0);
        int shift = Math.max(0, Long.SIZE - Long.numberOfLeadingZeros(value) - BITS - 1);
        return (shift << BITS) + (int) (value >>> shift);
    }

    static long middleOf(int classNumber) {
        int shift = Math.max(0, (classNumber >> BITS) - 1);
        long low = (long) (classNumber - (shift << BITS)) << shift;
        return low + ((1L << shift) >> 1);
    }
}
