package dev.sonde.bench;

/// What a client is asked to do: so many connects, each closed by RST as soon as its verdict is
/// known.
///
/// @param connects in all: a number and not a time, so that the listener's accept queues hold them
///     even if it gets no turn meanwhile
/// @param inFlight connects that are kept going at once
/// @param halfOpen whether the final ACK of the handshake is withheld
record Workload(int connects, int inFlight, boolean halfOpen) {

    String toLine() {
        return connects + " " + inFlight + " " + halfOpen;
    }

    static Workload ofLine(String line) {
        String[] words = line.split(" ", -1);
        return new Workload(
                Integer.parseInt(words[0]),
                Integer.parseInt(words[1]),
                Boolean.parseBoolean(words[2]));
    }
}
