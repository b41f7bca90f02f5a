package dev.sonde.attempt.connect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sonde.kernel.Errno;
import dev.sonde.kernel.QueuedError.Version;
import dev.sonde.probe.finding.Outcome;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/// `docs/reference/connect-errors.md` is made from the tables in the code: where it differs, the
/// right text is in `target/connect-errors.md`.
class ConnectErrorPageTest {

    private static final Path PAGE = Path.of("docs/reference/connect-errors.md");
    private static final Path RIGHT = Path.of("target/connect-errors.md");

    @Test
    void pageIsMadeFromTheTables() throws IOException {
        String page = Files.readString(PAGE);
        String right = page;
        right = replaced(right, "icmp", icmp());
        right = replaced(right, "at-once", errors(ConnectErrorPageTest::atOnce));
        right = replaced(right, "later", errors(ConnectErrors::ofConnect));
        Files.createDirectories(RIGHT.getParent());
        Files.writeString(RIGHT, right);
        assertThat(page).isEqualTo(right);
    }

    private static Outcome atOnce(Errno errno) {
        InetAddress own = InetAddress.ofLiteral("127.0.0.1");
        return ConnectErrors.ofStart(errno, new InetSocketAddress(own, 1));
    }

    private static String replaced(String page, String name, List<String> rows) {
        String begin = "<!-- begin " + name + " -->\n";
        String end = "<!-- end " + name + " -->";
        int from = page.indexOf(begin) + begin.length();
        return page.substring(0, from)
                + String.join("\n", rows)
                + "\n"
                + page.substring(page.indexOf(end));
    }

    private static List<String> icmp() {
        List<String> rows = new ArrayList<>();
        rows.add("| message | reason | from the target | from a router | from this host |");
        rows.add("|---|---|---|---|---|");
        for (IcmpCause cause : IcmpCause.values()) {
            rows.add(
                    "| %s %s | `%s` | %s | %s | %s |"
                            .formatted(
                                    number(cause),
                                    cause.messageName(),
                                    cause.reason().label(),
                                    cause.meaning().words(IcmpSender.TARGET),
                                    cause.meaning().words(IcmpSender.ROUTER),
                                    cause.meaning().words(IcmpSender.OWN)));
        }
        return rows;
    }

    private static String number(IcmpCause cause) {
        if (!cause.isNamed()) {
            return "any other";
        }
        String version = cause.isOf(Version.V4) ? "ICMP" : "ICMPv6";
        return "%s %d/%d".formatted(version, cause.type(), cause.code());
    }

    /// Every error number with words of its own.
    private static List<String> errors(Function<Errno, Outcome> verdict) {
        List<String> rows = new ArrayList<>();
        rows.add("| error | verdict | words |");
        rows.add("|---|---|---|");
        for (Errno errno : Errno.values()) {
            Outcome outcome = verdict.apply(errno);
            String detail = Objects.requireNonNull(outcome.detail());
            if (errno == Errno.UNKNOWN || !detail.contains("an error of this host, which")) {
                rows.add(
                        "| %s | `%s`/`%s` | %s |"
                                .formatted(
                                        errno == Errno.UNKNOWN ? "any other" : errno,
                                        outcome.label(),
                                        outcome.reasonLabel(),
                                        detail.substring(detail.indexOf(": ") + 2)));
            }
        }
        return rows;
    }
}
