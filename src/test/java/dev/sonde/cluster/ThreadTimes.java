package dev.sonde.cluster;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/// The CPU time of a process and of each of its threads, in nanoseconds, as the kernel counts it.
///
/// @param whole with the threads that ended
/// @param threads by number
record ThreadTimes(long whole, Map<String, Usage> threads) {

    /// A tick of the kernel is a hundredth of a second.
    private static final long TICK_NANOS = 10_000_000;

    /// Place of the user's time behind the name in `stat`; the system's follows.
    private static final int USER = 11;

    private static final String ENDED = "ended";

    /// One thread.
    record Usage(String name, long nanos) {}

    static ThreadTimes of(long pid) throws IOException {
        Path process = Path.of("/proc", Long.toString(pid));
        Map<String, Usage> threads = new HashMap<>();
        try (DirectoryStream<Path> tasks = Files.newDirectoryStream(process.resolve("task"))) {
            for (Path task : tasks) {
                try {
                    threads.put(task.getFileName().toString(), thread(task));
                } catch (IOException _) {
                    // It has ended.
                }
            }
        }
        String stat = Files.readString(process.resolve("stat"));
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
        long ticks = Long.parseLong(fields[USER]) + Long.parseLong(fields[USER + 1]);
        return new ThreadTimes(ticks * TICK_NANOS, threads);
    }

    private static Usage thread(Path task) throws IOException {
        String name = Files.readString(task.resolve("comm")).strip().replaceAll("[-#]?\\d+$", "");
        String onCpu = Files.readString(task.resolve("schedstat")).split(" ", 2)[0];
        return new Usage(name, Long.parseLong(onCpu));
    }

    /// The nanoseconds since then by the thread's name without its number.
    Map<String, Long> since(ThreadTimes before) {
        Map<String, Long> byName = new TreeMap<>();
        long sum = 0;
        for (Map.Entry<String, Usage> each : threads.entrySet()) {
            Usage then = before.threads().get(each.getKey());
            long nanos = each.getValue().nanos() - (then == null ? 0 : then.nanos());
            byName.merge(each.getValue().name(), nanos, Long::sum);
            sum += nanos;
        }
        byName.put(ENDED, whole - before.whole() - sum);
        return byName;
    }
}
