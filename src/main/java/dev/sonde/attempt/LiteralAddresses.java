package dev.sonde.attempt;

import dev.sonde.probe.spec.InterfaceGoneException;
import dev.sonde.probe.spec.Target;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/// The addresses of targets that are literals. Those that were read last are held, because targets
/// repeat. Belongs to one thread.
final class LiteralAddresses {

    /// A place holds about 100 bytes.
    private static final int PLACE_BITS = 10;

    private static final int PLACES = 1 << PLACE_BITS;

    private final @Nullable Target[] targets = new Target[PLACES];
    private final @Nullable InetSocketAddress[] addresses = new InetSocketAddress[PLACES];

    /// The address of a target; null for a name.
    ///
    /// @throws InterfaceGoneException when the interface of its zone does not exist
    @Nullable InetSocketAddress of(Target target) throws InterfaceGoneException {
        int place = (target.hashCode() * 0x9E37_79B9) >>> (Integer.SIZE - PLACE_BITS);
        if (target.equals(targets[place])) {
            return addresses[place];
        }
        InetSocketAddress read =
                target.address()
                        .map(address -> new InetSocketAddress(address, target.port()))
                        .orElse(null);
        // The number of a zone's interface may be another one next time.
        if (read != null && target.host().indexOf('%') < 0) {
            targets[place] = target;
            addresses[place] = read;
        }
        return read;
    }
}
