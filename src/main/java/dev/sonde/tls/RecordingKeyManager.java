package dev.sonde.tls;

import dev.sonde.tls.certificate.KeyMaterial;
import java.net.Socket;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;
import org.jspecify.annotations.Nullable;

/// The certificate of one end, and whether it was requested. Single use; called by the handshake's
/// delegated tasks, read after them.
///
/// A client's certificate is presented independent of the authorities that the server names. The
/// probe finds out whether the server accepts it.
final class RecordingKeyManager extends X509ExtendedKeyManager {

    private static final String ALIAS = "own";

    private final @Nullable KeyMaterial material;
    private boolean isAsked;
    private boolean isShown;

    RecordingKeyManager(@Nullable KeyMaterial material) {
        this.material = material;
    }

    boolean isAsked() {
        return isAsked;
    }

    /// Whether there was a certificate to show that fits what was asked for.
    boolean isShown() {
        return isShown;
    }

    @Override
    public @Nullable String chooseEngineClientAlias(
            String[] keyTypes, Principal @Nullable [] issuers, SSLEngine engine) {
        isAsked = true;
        isShown = fits(keyTypes);
        return isShown ? ALIAS : null;
    }

    @Override
    public @Nullable String chooseEngineServerAlias(
            String keyType, Principal @Nullable [] issuers, SSLEngine engine) {
        isAsked = true;
        return fits(new String[] {keyType}) ? ALIAS : null;
    }

    private boolean fits(String[] keyTypes) {
        if (material == null) {
            return false;
        }
        for (String type : keyTypes) {
            if (type.equals(material.key().getAlgorithm())) {
                return true;
            }
        }
        return false;
    }

    @Override
    public X509Certificate @Nullable [] getCertificateChain(String alias) {
        return material == null ? null : material.chain().toArray(X509Certificate[]::new);
    }

    @Override
    public @Nullable PrivateKey getPrivateKey(String alias) {
        return material == null ? null : material.key();
    }

    @Override
    public String @Nullable [] getClientAliases(String keyType, Principal @Nullable [] issuers) {
        return null;
    }

    @Override
    public @Nullable String chooseClientAlias(
            String[] keyTypes, Principal @Nullable [] issuers, Socket socket) {
        return null;
    }

    @Override
    public String @Nullable [] getServerAliases(String keyType, Principal @Nullable [] issuers) {
        return null;
    }

    @Override
    public @Nullable String chooseServerAlias(
            String keyType, Principal @Nullable [] issuers, Socket socket) {
        return null;
    }
}
