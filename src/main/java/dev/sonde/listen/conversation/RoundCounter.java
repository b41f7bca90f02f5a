package dev.sonde.listen.conversation;

import dev.sonde.dialogue.Exchange;
import dev.sonde.listen.spec.Behaviour;

/// The rounds in which a script is followed on one connection. Confined to the connection's loop.
final class RoundCounter {

    private final Exchange exchange;

    /// How often the script is still to begin anew.
    private int left;

    /// The bytes that came in this round, and those before it that no step had used.
    private long bytes;

    /// Whether a round that used nothing has ended: the next one begins with the next bytes.
    private boolean isDue;

    /// @param rounds how often the script is followed, at least 1
    RoundCounter(Exchange exchange, int rounds) {
        this.exchange = exchange;
        this.left = rounds - 1;
    }

    /// @param count bytes that the exchange has taken
    void came(int count) {
        bytes += count;
    }

    boolean isLast() {
        return left == 0;
    }

    /// The steps of this round are done.
    ///
    /// @return whether it has used a byte
    boolean end() {
        isDue = true;
        return exchange.unused() < bytes;
    }

    void beginIfDue() {
        if (!isDue) {
            return;
        }
        isDue = false;
        if (left != Behaviour.Dialogue.WITHOUT_END - 1) {
            left--;
        }
        bytes = exchange.unused();
        exchange.restart();
    }
}
