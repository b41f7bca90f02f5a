package dev.sonde.bench;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/// The CPU time of a process since its start, also by its threads that live (`schedstat` in
/// proc(5)).
///
/// @param totalNanos of all threads, ended ones included
/// @param nanos by a thread's name, of which the kernel keeps 15 characters; numbers are taken off
record ThreadTimes(long totalNanos, Map<String, Long> nanos) {

    static ThreadTimes of(long pid) throws IOException {
        Map<String, Long> nanos = new TreeMap<>();
        Path tasks = Path.of("/proc", Long.toString(pid), "task");
        try (DirectoryStream<Path> all = Files.newDirectoryStream(tasks)) {
            for (Path task : all) {
                add(nanos, task);
            }
        }
        return new ThreadTimes(ProcessClock.cpuNanos(pid), nanos);
    }

    private static void add(Map<String, Long> nanos, Path task) throws IOException {
        try {
            String name =
                    Files.readString(task.resolve("comm")).strip().replaceAll("[-#]?\\d+$", "");
            String times = Files.readString(task.resolve("schedstat"));
            nanos.merge(name, Long.parseLong(times.split(" ", -1)[0]), Long::sum);
        } catch (NoSuchFileException _) {
            // It has ended.
        }
    }

    ThreadTimes since(ThreadTimes before) {
        Map<String, Long> spent = new TreeMap<>();
        nanos.forEach((name, now) -> spent.put(name, now - before.nanos.getOrDefault(name, 0L)));
        return new ThreadTimes(totalNanos - before.totalNanos, spent);
    }
}
