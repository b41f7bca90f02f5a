package dev.sonde.bench;

import java.util.concurrent.TimeUnit;

/// What a client is asked to do: keep so many connects going for a while, each closed by RST as
/// soon as its verdict is known.
///
/// @param inFlight connects that are kept going at once
/// @param halfOpen whether the final ACK of the handshake is withheld
/// @param millis how long new connects are started
record Workload(int inFlight, boolean halfOpen, long millis) {

    /// The end of a run that starts now, on the system's ticker.
    long untilNanos() {
        return System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
    }

    String toLine() {
        return inFlight + " " + halfOpen + " " + millis;
    }

    static Workload ofLine(String line) {
        String[] words = line.split(" ", -1);
        return new Workload(
                Integer.parseInt(words[0]),
                Boolean.parseBoolean(words[1]),
                Long.parseLong(words[2]));
    }
}
