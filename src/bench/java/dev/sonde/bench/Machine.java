package dev.sonde.bench;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// What is known of the machine that the benchmark runs on.
final class Machine {

    private Machine() {}

    /// Processor, cores, kernel and Java, on one line.
    static String description() throws IOException {
        return "%s, %d cores, Linux %s, %s %s"
                .formatted(
                        field("/proc/cpuinfo", "model name"),
                        cores().size(),
                        System.getProperty("os.version"),
                        System.getProperty("java.vendor.version"),
                        System.getProperty("java.version"));
    }

    /// The three load averages.
    static String loadAverage() throws IOException {
        return String.join(
                " ",
                Arrays.asList(Files.readString(Path.of("/proc/loadavg")).split(" ", -1))
                        .subList(0, 3));
    }

    /// The cores that this process may use.
    static List<Integer> cores() {
        List<Integer> cores = new ArrayList<>();
        for (String range : field("/proc/self/status", "Cpus_allowed_list").split(",", -1)) {
            String[] ends = range.split("-", -1);
            int last = Integer.parseInt(ends[ends.length - 1]);
            for (int core = Integer.parseInt(ends[0]); core <= last; core++) {
                cores.add(core);
            }
        }
        return cores;
    }

    static boolean canPin() {
        return has("taskset") && cores().size() > 1;
    }

    static boolean has(String command) {
        return Arrays.stream(System.getenv("PATH").split(File.pathSeparator, -1))
                .anyMatch(directory -> Files.isExecutable(Path.of(directory, command)));
    }

    static boolean isRoot() {
        return field("/proc/self/status", "Uid").startsWith("0");
    }

    private static String field(String file, String name) {
        try {
            return Files.readAllLines(Path.of(file)).stream()
                    .filter(line -> line.startsWith(name))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .findFirst()
                    .orElse("unknown");
        } catch (IOException e) {
            throw new IllegalStateException("this benchmark needs Linux", e);
        }
    }
}
