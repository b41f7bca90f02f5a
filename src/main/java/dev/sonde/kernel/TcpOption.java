package dev.sonde.kernel;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/// An option that both ends agreed on in the handshake, by the bits of `tcpi_options`
/// (`TCPI_OPT_*`, Linux `tcp.h`).
public enum TcpOption {
    TIMESTAMPS(1),
    SACK(2),
    WINDOW_SCALE(4),
    /// Explicit congestion notification was negotiated.
    ECN(8),
    /// At least one packet came that routers may mark (ECT).
    ECN_SEEN(16),
    /// Data went out with the SYN and was acknowledged (TCP Fast Open): such a connect proves no
    /// round trip.
    SYN_DATA(32);

    private static final int KNOWN_BITS = 63;
    private static final List<Set<TcpOption>> BY_BITS = byBits();

    private final int bit;

    TcpOption(int bit) {
        this.bit = bit;
    }

    /// The options whose bits are set; bits without a name are left out. Ready-made sets, so it
    /// allocates nothing.
    static Set<TcpOption> of(int bits) {
        return BY_BITS.get(bits & KNOWN_BITS);
    }

    private static List<Set<TcpOption>> byBits() {
        List<Set<TcpOption>> sets = new ArrayList<>();
        for (int bits = 0; bits <= KNOWN_BITS; bits++) {
            EnumSet<TcpOption> set = EnumSet.noneOf(TcpOption.class);
            for (TcpOption option : values()) {
                if ((bits & option.bit) != 0) {
                    set.add(option);
                }
            }
            sets.add(Collections.unmodifiableSet(set));
        }
        return List.copyOf(sets);
    }
}
