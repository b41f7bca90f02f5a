package dev.sonde.attempt.name;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// The host's `/etc/hosts`, as hosts(5) describes it, with `localhost` in any case.
///
/// @param addresses by name in lower case, in the file's order
record HostsFile(Map<String, List<InetAddress>> addresses) {

    static HostsFile parse(String text) {
        Map<String, List<InetAddress>> all = new HashMap<>();
        for (String line : text.lines().toList()) {
            String[] words = line.split("#", 2)[0].strip().split("\\s+", -1);
            try {
                InetAddress address = InetAddress.ofLiteral(words[0]);
                for (int i = 1; i < words.length; i++) {
                    add(all, words[i], address);
                }
            } catch (IllegalArgumentException _) {
                // An empty line, or one that the C library passes over as well.
            }
        }
        if (!all.containsKey("localhost")) {
            add(all, "localhost", InetAddress.ofLiteral("127.0.0.1"));
            add(all, "localhost", InetAddress.ofLiteral("::1"));
        }
        return new HostsFile(all);
    }

    private static void add(Map<String, List<InetAddress>> all, String name, InetAddress address) {
        List<InetAddress> known =
                all.computeIfAbsent(name.toLowerCase(Locale.ROOT), _ -> new ArrayList<>());
        if (!known.contains(address)) {
            known.add(address);
        }
    }

    List<InetAddress> of(String host) {
        String name = host.endsWith(".") ? host.substring(0, host.length() - 1) : host;
        return addresses.getOrDefault(name.toLowerCase(Locale.ROOT), List.of());
    }
}
