/// The benchmark: bare loops, the engine and the whole service side by side, as ratios of one run.
///
/// [Benchmark] starts every contender and the listener as processes of their own and prints the
/// tables; [Worker] and [Listener] are what those processes run. See the README for the command.
package dev.sonde.bench;
