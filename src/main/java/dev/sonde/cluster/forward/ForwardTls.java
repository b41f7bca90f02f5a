package dev.sonde.cluster.forward;

import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.Collections;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.SslBundles;

/// TLS material for forwarded requests, from the members' bundle as it is now. Both sides show a
/// certificate with the members' name. Safe for any thread.
public final class ForwardTls implements Supplier<SSLContext> {

    private static final Logger log = LoggerFactory.getLogger(ForwardTls.class);

    private final String membersName;

    /// Replaced by the thread that watches the bundle's files, read by those that connect.
    private volatile SSLContext current;

    ForwardTls(SslBundles bundles, String bundle, String membersName) {
        this.membersName = membersName;
        this.current = context(bundles.getBundle(bundle));
        bundles.addBundleUpdateHandler(bundle, renewed -> current = context(renewed));
    }

    @Override
    public SSLContext get() {
        return current;
    }

    private SSLContext context(SslBundle bundle) {
        try {
            warnWithoutName(bundle.getStores().getKeyStore());
            TrustManager[] trusted =
                    Arrays.stream(bundle.getManagers().getTrustManagers())
                            .map(
                                    each ->
                                            each instanceof X509TrustManager chains
                                                    ? named(chains)
                                                    : each)
                            .toArray(TrustManager[]::new);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(bundle.getManagers().getKeyManagers(), trusted, null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(
                    "the bundle of sonde.cluster.tls-bundle cannot be used for forwarding", e);
        }
    }

    private TrustManager named(X509TrustManager chains) {
        return new MemberTrust(chains, membersName);
    }

    /// The other replicas refuse such a certificate.
    private void warnWithoutName(@org.jspecify.annotations.Nullable KeyStore keys)
            throws GeneralSecurityException {
        if (keys == null) {
            return;
        }
        for (String alias : Collections.list(keys.aliases())) {
            if (keys.getCertificate(alias) instanceof X509Certificate own
                    && keys.isKeyEntry(alias)
                    && MemberTrust.hasName(own, membersName)) {
                return;
            }
        }
        log.atWarn()
                .addKeyValue("name", membersName)
                .log(
                        "the certificate of sonde.cluster.tls-bundle does not have the name of"
                                + " sonde.cluster.members-name, the other replicas refuse it");
    }
}
