package dev.sonde.attempt.name;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.Message;
import org.xbill.DNS.SimpleResolver;

/// A question over TCP, for an answer that does not fit into a datagram. The library has a thread
/// of its own for these few.
final class DnsOverTcp {

    private DnsOverTcp() {}

    /// @param whenDone called on the library's thread; null where TCP failed
    static void ask(
            InetSocketAddress server,
            DnsQuestion question,
            long timeoutNanos,
            Consumer<@Nullable Message> whenDone) {
        SimpleResolver resolver = new SimpleResolver(server);
        resolver.setTCP(true);
        resolver.setTimeout(Duration.ofNanos(timeoutNanos));
        var _ =
                resolver.sendAsync(question.plain())
                        .whenComplete((message, _) -> whenDone.accept(message));
    }
}
