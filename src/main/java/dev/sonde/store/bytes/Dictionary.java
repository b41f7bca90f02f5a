package dev.sonde.store.bytes;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Words that occur in almost every result, each written as its number. Stored rows hang on
/// the order: append only. A word that is not here is written in full, so nothing has to be added.
final class Dictionary {

    private static final List<String> WORDS =
            List.of(
                    "queue",
                    "resolve",
                    "connect",
                    "tcp_info",
                    "none",
                    "ESTABLISHED",
                    "SYN_SENT",
                    "CLOSE",
                    "ECONNREFUSED",
                    "ETIMEDOUT",
                    "EHOSTUNREACH",
                    "ENETUNREACH",
                    "ECONNRESET",
                    "rst",
                    "icmp",
                    "timestamps",
                    "sack",
                    "window_scale",
                    "ecn",
                    "client",
                    "listener",
                    "connect_called",
                    "connect_ready",
                    "refused",
                    "timed_out",
                    "name_not_found",
                    "resolve_timed_out",
                    "host_unreachable",
                    "net_unreachable",
                    "prohibited",
                    "reset",
                    "overloaded",
                    "cancelled",
                    "denied_by_policy",
                    "a RST answered the SYN: the host is up and nothing listens on the port");

    private static final Map<String, Integer> NUMBERS = new HashMap<>();

    static {
        for (int i = 0; i < WORDS.size(); i++) {
            NUMBERS.put(WORDS.get(i), i);
        }
    }

    private Dictionary() {}

    static @Nullable Integer number(String word) {
        return NUMBERS.get(word);
    }

    static String word(int number) {
        if (number >= WORDS.size()) {
            throw new IllegalStateException("written by a later version: word " + number);
        }
        return WORDS.get(number);
    }
}
