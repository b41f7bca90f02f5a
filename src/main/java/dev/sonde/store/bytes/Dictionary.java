package dev.sonde.store.bytes;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Words that occur in almost every result, each written as its number. Stored rows depend on the
/// order: append only. A word that is not here is written in full, so an addition is optional.
final class Dictionary {

    private static final List<String> WORDS =
            List.of(
                    "queue",
                    "resolve",
                    "connect",
                    "TCP_INFO",
                    "NONE",
                    "ESTABLISHED",
                    "SYN_SENT",
                    "CLOSE",
                    "ECONNREFUSED",
                    "ETIMEDOUT",
                    "EHOSTUNREACH",
                    "ENETUNREACH",
                    "ECONNRESET",
                    "RST",
                    "ICMP",
                    "TIMESTAMPS",
                    "SACK",
                    "WINDOW_SCALE",
                    "ECN",
                    "CLIENT",
                    "LISTENER",
                    "CONNECT_CALLED",
                    "CONNECT_READY",
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
                    "a RST answered the SYN: the host is up and nothing listens on the port",
                    "CONNECT_FINISHED",
                    "SYN_RETRANSMITTED",
                    "SENT",
                    "RECEIVED",
                    "ACKNOWLEDGED",
                    "FIN_RECEIVED",
                    "TLS_ESTABLISHED",
                    "ERROR",
                    "CLOSE_FIN",
                    "CLOSE_RST",
                    "ACCEPT_READY",
                    "ACCEPTED",
                    "PEER_CLOSED",
                    "PEER_RESET",
                    "STEP_BEGUN",
                    "HANDSHAKE_SENT",
                    "HANDSHAKE_RECEIVED",
                    "CLOSE_NOTIFY");

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
