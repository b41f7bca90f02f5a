package dev.sonde.tls;

import java.nio.charset.StandardCharsets;
import javax.net.ssl.SNIMatcher;
import javax.net.ssl.SNIServerName;
import javax.net.ssl.StandardConstants;
import org.jspecify.annotations.Nullable;

/// Remembers the name that a client asks for, and takes any. Single use; called by the handshake's
/// delegated tasks, read after them.
final class AskedName extends SNIMatcher {

    private @Nullable String asked;

    AskedName() {
        super(StandardConstants.SNI_HOST_NAME);
    }

    @Nullable String asked() {
        return asked;
    }

    @Override
    public boolean matches(SNIServerName name) {
        asked = new String(name.getEncoded(), StandardCharsets.UTF_8);
        return true;
    }
}
