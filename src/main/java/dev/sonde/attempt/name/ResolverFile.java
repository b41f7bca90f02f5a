package dev.sonde.attempt.name;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/// The host's `resolv.conf`, as resolv.conf(5) describes it.
///
/// @param servers at most three
/// @param search the domains to try, at most as many as the file names
/// @param ndots dots in a name from which on it is tried as it is first
/// @param timeout of one try
/// @param attempts rounds over the servers
record ResolverFile(
        List<InetSocketAddress> servers,
        List<String> search,
        int ndots,
        Duration timeout,
        int attempts) {

    private static final int PORT = 53;
    private static final int MOST_SERVERS = 3;

    ResolverFile {
        servers = List.copyOf(servers);
        search = List.copyOf(search);
    }

    static ResolverFile parse(String text) {
        List<InetSocketAddress> servers = new ArrayList<>();
        List<String> search = List.of();
        int ndots = 1;
        int timeoutSeconds = 5;
        int attempts = 2;
        for (String line : text.lines().toList()) {
            String[] words = line.split("[#;]", 2)[0].strip().split("\\s+");
            List<String> rest = Arrays.asList(words).subList(1, words.length);
            switch (words[0]) {
                case "nameserver" -> addServer(servers, rest);
                case "search", "domain" -> search = rest;
                case "options" -> {
                    ndots = option(rest, "ndots:", ndots, 15);
                    timeoutSeconds = option(rest, "timeout:", timeoutSeconds, 30);
                    attempts = option(rest, "attempts:", attempts, 5);
                }
                default -> {} // what does not concern the names of hosts
            }
        }
        if (servers.isEmpty()) {
            servers.add(new InetSocketAddress(InetAddress.getLoopbackAddress(), PORT));
        }
        Duration timeout = Duration.ofSeconds(Math.max(1, timeoutSeconds));
        return new ResolverFile(servers, search, ndots, timeout, Math.max(1, attempts));
    }

    private static void addServer(List<InetSocketAddress> servers, List<String> rest) {
        try {
            if (!rest.isEmpty() && servers.size() < MOST_SERVERS) {
                InetAddress address = InetAddress.ofLiteral(rest.getFirst());
                servers.add(new InetSocketAddress(address, PORT));
            }
        } catch (IllegalArgumentException _) {
            // The C library passes over it as well.
        }
    }

    private static int option(List<String> words, String name, int otherwise, int most) {
        for (String word : words) {
            if (word.startsWith(name) && word.substring(name.length()).matches("\\d{1,4}")) {
                return Math.min(Integer.parseInt(word.substring(name.length())), most);
            }
        }
        return otherwise;
    }

    /// The names to ask for, in this order, each with a dot at its end.
    List<String> candidates(String host) {
        if (host.endsWith(".")) {
            return List.of(host);
        }
        List<String> searched =
                search.stream()
                        .map(domain -> domain.endsWith(".") ? domain : domain + ".")
                        .map(domain -> domain.equals(".") ? host + "." : host + "." + domain)
                        .map(name -> name.toLowerCase(Locale.ROOT))
                        .toList();
        List<String> all = new ArrayList<>(searched);
        long dots = host.chars().filter(character -> character == '.').count();
        all.add(dots >= ndots ? 0 : all.size(), host + ".");
        return all;
    }
}
