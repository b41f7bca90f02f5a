package dev.sonde.probe.spec;

/// How many equal outcomes in a row decide a probe's state.
///
/// @param rise successes until it is up; 1 to 10
/// @param fall failures until it is down; 1 to 10
public record Thresholds(int rise, int fall) {

    public static final int MOST = 10;

    /// Up after 2, down after 3.
    public static final Thresholds DEFAULT = new Thresholds(2, 3);

    public Thresholds {
        requireInRange("rise", rise);
        requireInRange("fall", fall);
    }

    private static void requireInRange(String name, int value) {
        if (value < 1 || value > MOST) {
            throw new IllegalArgumentException(name + " is from 1 to " + MOST + ", not " + value);
        }
    }
}
