package dev.sonde.lab;

import dev.sonde.probe.spec.Target;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/// A cause that several tools are asked about: a row of `score.txt`.
///
/// @param reason found in the words of a tool that names the cause
/// @param phase found in the words of a tool that says how far the probe came
/// @param culprit found in the words of a tool that says by whom
public record ScoredCause(
        String name, How how, Target target, Pattern reason, Pattern phase, Pattern culprit) {

    /// What a tool does with the target.
    public enum How {
        CONNECT,
        TALK,
        TLS
    }

    /// All rows, in the table's order.
    public static List<ScoredCause> all() throws IOException {
        List<ScoredCause> causes = new ArrayList<>();
        for (String line : Files.readAllLines(Path.of("src/test/resources/score.txt"))) {
            if (!line.isBlank() && !line.startsWith("# ")) {
                String[] cells = line.split(" ; ", -1);
                causes.add(
                        new ScoredCause(
                                cells[0].strip(),
                                How.valueOf(cells[1].strip().toUpperCase(Locale.ROOT)),
                                Target.parse(cells[2].strip()),
                                pattern(cells[3]),
                                pattern(cells[4]),
                                pattern(cells[5])));
            }
        }
        return causes;
    }

    private static Pattern pattern(String cell) {
        return Pattern.compile(cell.strip(), Pattern.CASE_INSENSITIVE);
    }

    /// Whether a tool's words name the reason, the phase and the culprit.
    public boolean[] named(String said) {
        return new boolean[] {
            reason.matcher(said).find(), phase.matcher(said).find(), culprit.matcher(said).find()
        };
    }

    /// The cell of the documentation's page.
    public static String words(boolean[] named) {
        List<String> words = new ArrayList<>();
        String[] all = {"reason", "phase", "culprit"};
        for (int part = 0; part < all.length; part++) {
            if (named[part]) {
                words.add(all[part]);
            }
        }
        return words.isEmpty() ? "-" : String.join(", ", words);
    }

    /// Makes the causes of the network real.
    public static void prepare(RoutedLab lab) throws IOException {
        lab.router(2)
                .nft(
                        """
                        table inet lab {
                          chain forward {
                            type filter hook forward priority 0;
                            tcp dport 81 drop
                            ip version 4 tcp dport 82 reject with icmp type admin-prohibited
                            tcp dport 83 reject with tcp reset
                            ip version 4 tcp dport 84 reject with icmp type host-unreachable
                            ip version 4 tcp dport 85 reject with icmp type net-unreachable
                            tcp dport 93 tcp flags & syn == 0 ip length > 52 drop
                            tcp dport 94 ip length > 700 drop
                          }
                        }
                        """);
        lab.server()
                .nft(
                        """
                        table inet lab {
                          chain input {
                            type filter hook input priority 0;
                            ip version 4 tcp dport 86 reject with icmp type port-unreachable
                          }
                        }
                        """);
        lab.client()
                .nft(
                        """
                        table inet lab {
                          chain output {
                            type filter hook output priority 0;
                            tcp dport 87 drop
                          }
                        }
                        """);
        lab.router(2).ip("route add 10.99.0.0/16 via 10.78.1.1");
        lab.client()
                .ip(
                        """
                        route add unreachable 10.98.0.0/24
                        route add prohibit 10.98.1.0/24
                        route add blackhole 10.98.2.0/24
                        """);
    }

    /// The modules of blackbox_exporter that do the same.
    public static String modules(String name, Path root) {
        return """
        modules:
          connect: {prober: tcp, timeout: 4s}
          talk:
            prober: tcp
            timeout: 4s
            tcp:
              query_response:
                - send: "GET / HTTP/1.1\\r\\nX-Long: %s\\r\\n"
                - expect: "HTTP"
          tls:
            prober: tcp
            timeout: 4s
            tcp:
              tls: true
              tls_config: {server_name: %s, ca_file: %s}
        """
                .formatted("x".repeat(900), name, root);
    }
}
