package dev.sonde.bench;

import java.io.IOException;

/// One part of the benchmark, with tables of its own.
interface Section {

    /// What it is chosen by on the command line.
    String name();

    String title();

    /// Measures, and prints what came of it.
    void run(Options options) throws IOException, InterruptedException;
}
