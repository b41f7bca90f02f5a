package dev.sonde.listen.spec;

import java.time.Duration;

/// An effect on the bytes of one direction of a proxied connection.
public sealed interface FaultEffect {

    /// The word for it in requests and answers.
    String type();

    /// Refuses values out of range.
    ///
    /// @param path of the fault in the description, such as `behaviour.faults[0]`
    void check(String path);

    /// Each piece is delayed by `latency` plus or minus `jitter`, from the moment it was read. The
    /// order of the pieces stays.
    record Latency(Duration latency, Duration jitter) implements FaultEffect {
        @Override
        public String type() {
            return "latency";
        }

        @Override
        public void check(String path) {
            Bounds.wait(path + ".latency", latency);
            Bounds.wait(path + ".jitter", jitter);
        }
    }

    /// At most so many bytes pass in a second.
    ///
    /// @param bytesPerSecond 0 lets nothing pass
    /// @param shared whether all connections of the listener have this rate together
    record Bandwidth(long bytesPerSecond, boolean shared) implements FaultEffect {
        @Override
        public String type() {
            return "bandwidth";
        }

        @Override
        public void check(String path) {
            Bounds.number(path + ".bytesPerSecond", bytesPerSecond, 0, MOST_BYTES);
        }
    }

    /// The bytes pass in pieces of `averageBytes` plus or minus `variationBytes`, with a pause of
    /// `delay` after each piece.
    record Slicer(int averageBytes, int variationBytes, Duration delay) implements FaultEffect {
        @Override
        public String type() {
            return "slicer";
        }

        @Override
        public void check(String path) {
            Bounds.number(path + ".averageBytes", averageBytes, 1, MOST_SLICE_BYTES);
            Bounds.number(path + ".variationBytes", variationBytes, 0, averageBytes - 1L);
            Bounds.wait(path + ".delay", delay);
        }
    }

    /// The bytes pass; the end of the direction is delayed.
    record SlowClose(Duration delay) implements FaultEffect {
        @Override
        public String type() {
            return "slow_close";
        }

        @Override
        public void check(String path) {
            Bounds.wait(path + ".delay", delay);
        }
    }

    /// Nothing passes and all bytes are dropped.
    ///
    /// @param after the time until the connection is closed; 0 never closes it
    record Blackhole(Duration after) implements FaultEffect {
        @Override
        public String type() {
            return "blackhole";
        }

        @Override
        public void check(String path) {
            Bounds.wait(path + ".after", after);
        }
    }

    /// Both sides meet a RST.
    ///
    /// @param after the time from the first bytes or the end of the direction to the RST
    record Reset(Duration after) implements FaultEffect {
        @Override
        public String type() {
            return "reset";
        }

        @Override
        public void check(String path) {
            Bounds.wait(path + ".after", after);
        }
    }

    /// The connection is closed after so many bytes.
    record Limit(long bytes) implements FaultEffect {
        @Override
        public String type() {
            return "limit";
        }

        @Override
        public void check(String path) {
            Bounds.number(path + ".bytes", bytes, 0, MOST_BYTES);
        }
    }

    /// Nothing is read: the sender meets a zero window.
    record Stall() implements FaultEffect {
        @Override
        public String type() {
            return "stall";
        }

        @Override
        public void check(String path) {
            // It has no values.
        }
    }

    long MOST_BYTES = 1L << 50;
    int MOST_SLICE_BYTES = 1 << 30;
}
