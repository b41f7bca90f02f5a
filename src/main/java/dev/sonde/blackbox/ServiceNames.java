package dev.sonde.blackbox;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// The names of TCP services and their ports. Immutable.
///
/// @param ports by name and alias, in lower case
record ServiceNames(Map<String, Integer> ports) {

    private static final Path FILE = Path.of("/etc/services");

    /// The names that Go's resolver knows without the file.
    private static final Map<String, Integer> ALWAYS =
            Map.of(
                    "domain", 53, "ftp", 21, "ftps", 990, "gopher", 70, "http", 80, "https", 443,
                    "imap2", 143, "imap3", 220, "imaps", 993, "pop3", 110);

    private static final Map<String, Integer> ALWAYS_TOO =
            Map.of("pop3s", 995, "smtp", 25, "submissions", 465, "ssh", 22, "telnet", 23);

    private static final class OfHost {
        static final ServiceNames NAMES = read(FILE);
    }

    /// The names of this host, read once.
    static ServiceNames ofHost() {
        return OfHost.NAMES;
    }

    Optional<Integer> port(String name) {
        return Optional.ofNullable(ports.get(name.toLowerCase(Locale.ROOT)));
    }

    /// Reads a file of the form of `services(5)`; without one the usual names are known.
    static ServiceNames read(Path file) {
        Map<String, Integer> ports = new HashMap<>(ALWAYS);
        ports.putAll(ALWAYS_TOO);
        try {
            Files.readAllLines(file, StandardCharsets.ISO_8859_1).forEach(line -> add(line, ports));
        } catch (IOException _) {
            // An image without the file: the usual names are enough for most targets.
        }
        return new ServiceNames(Map.copyOf(ports));
    }

    private static void add(String line, Map<String, Integer> ports) {
        List<String> words = List.of(line.split("#", 2)[0].strip().split("\\s+"));
        if (words.size() < 2 || !words.get(1).matches("\\d{1,5}/tcp")) {
            return;
        }
        int port = Integer.parseInt(words.get(1).replace("/tcp", ""));
        for (int i = 0; i < words.size(); i++) {
            if (i != 1) {
                ports.put(words.get(i).toLowerCase(Locale.ROOT), port);
            }
        }
    }
}
