package dev.sonde.bench;

import java.util.List;
import java.util.stream.IntStream;

/// The addresses of the listener that connects go to in turn: one alone would run out of local
/// ports.
final class Destinations {

    static final int NUMBER = 64;

    private Destinations() {}

    /// 127.0.0.2 and the 63 after it.
    static List<String> hosts() {
        return IntStream.range(2, 2 + NUMBER).mapToObj(i -> "127.0.0." + i).toList();
    }
}
