package dev.sonde.memory;

import org.springframework.util.unit.DataSize;

/// An amount of heap, absolute or as a part of what the service may use.
///
/// @param percent of the heap; 0 where the amount is absolute
/// @param bytes 0 where the amount is a part
public record HeapAmount(int percent, long bytes) {

    private static final int ALL = 100;

    public HeapAmount {
        if (percent < 0 || percent > ALL || bytes < 0 || (percent == 0) == (bytes == 0)) {
            throw new IllegalArgumentException("an amount is 1% to 100%, or a size above 0");
        }
    }

    /// Reads `10%` or `64MB`.
    ///
    /// @throws IllegalArgumentException with a sentence for the person who wrote the text
    public static HeapAmount valueOf(String text) {
        String amount = text.strip();
        try {
            return amount.endsWith("%")
                    ? new HeapAmount(Integer.parseInt(amount.substring(0, amount.length() - 1)), 0)
                    : new HeapAmount(0, DataSize.parse(amount).toBytes());
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "an amount of heap is a part from 1% to 100%, or a size such as 64MB; not "
                            + amount,
                    e);
        }
    }

    /// @param heap bytes of which a part is taken
    long of(long heap) {
        return percent == 0 ? bytes : heap / ALL * percent;
    }
}
