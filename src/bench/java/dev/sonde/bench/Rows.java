package dev.sonde.bench;

import java.util.List;

/// What the rows are called, and the numbers in flight that loops are compared at.
final class Rows {

    static final String BARE = "bare NIO loop";
    static final String EAGER = "bare NIO loop, eager";
    static final String ENGINE = "engine";
    static final String WITHOUT_EVIDENCE = "engine, evidence off";
    static final String HALF_OPEN = "engine, half-open";
    static final String OTHER_ENGINE = "engine of the other build";
    static final String TWO_EAGER = "two bare loops, eager, both cores";
    static final String TWO_LOOP_ENGINE = "engine, two loops, both cores";
    static final String OTHER_HALF_OPEN = "engine of the other build, half-open";
    static final String OTHER_TWO_LOOP_ENGINE = "engine of the other build, two loops";
    static final String SERVICE = "service over HTTP, NDJSON, both cores";
    static final String OTHER_SERVICE = "service of the other build, NDJSON";

    static final int FEW = 100;
    static final int MANY = 1_000;

    private Rows() {}

    static List<Contender> both(Client client, String label) {
        return List.of(client.row(label, FEW), client.row(label, MANY));
    }
}
