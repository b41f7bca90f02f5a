package dev.sonde.bench;

import java.io.IOException;

/// One row of a table: something that can be measured again and again.
interface Contender {

    /// The first column.
    String label();

    /// Connects kept going at once.
    int inFlight();

    Sample measure(int connects) throws IOException, InterruptedException;
}
