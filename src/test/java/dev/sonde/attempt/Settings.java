package dev.sonde.attempt;

import dev.sonde.probe.spec.AddressFamily;
import dev.sonde.probe.spec.AddressSelection;
import dev.sonde.probe.spec.CloseMode;
import dev.sonde.probe.spec.Handshake;
import dev.sonde.probe.spec.ProbeSettings;
import dev.sonde.probe.spec.SourceAddress;
import java.net.InetAddress;
import java.time.Duration;

/// Settings that differ from the default in one point.
final class Settings {

    static final ProbeSettings DEFAULT = ProbeSettings.DEFAULT;

    private Settings() {}

    static ProbeSettings within(Duration timeout) {
        return DEFAULT.withTimeout(timeout);
    }

    static ProbeSettings withinMillis(long millis) {
        return within(Duration.ofMillis(millis));
    }

    static ProbeSettings each(AddressFamily family) {
        return of(AddressSelection.EACH, family);
    }

    static ProbeSettings first(AddressFamily family) {
        return of(AddressSelection.FIRST, family);
    }

    private static ProbeSettings of(AddressSelection addresses, AddressFamily family) {
        return new ProbeSettings(
                DEFAULT.timeout(), addresses, family, null, CloseMode.FIN, Handshake.FULL);
    }

    static ProbeSettings from(InetAddress source) {
        return from(SourceAddress.of(source));
    }

    static ProbeSettings from(SourceAddress source) {
        return new ProbeSettings(
                DEFAULT.timeout(),
                DEFAULT.addresses(),
                DEFAULT.family(),
                source,
                CloseMode.FIN,
                Handshake.FULL);
    }

    static ProbeSettings closing(CloseMode close) {
        return ending(close, Handshake.FULL);
    }

    static ProbeSettings halfOpen() {
        return ending(CloseMode.RST, Handshake.HALF_OPEN);
    }

    private static ProbeSettings ending(CloseMode close, Handshake handshake) {
        return new ProbeSettings(
                DEFAULT.timeout(), DEFAULT.addresses(), DEFAULT.family(), null, close, handshake);
    }
}
