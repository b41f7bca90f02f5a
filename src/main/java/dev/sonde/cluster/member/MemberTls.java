package dev.sonde.cluster.member;

import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import org.springframework.boot.ssl.SslBundles;

/// TLS material for the connections between replicas, from the bundle as it is now. Safe for any
/// thread.
///
/// A bundle that is read again (`reload-on-update`) applies to new connections. Open connections
/// stay.
public final class MemberTls implements Supplier<SSLContext> {

    /// Replaced by the thread that watches the bundle's files, read by those that connect.
    private volatile SSLContext current;

    /// @param name of the bundle
    public MemberTls(SslBundles bundles, String name) {
        current = bundles.getBundle(name).createSslContext();
        bundles.addBundleUpdateHandler(name, renewed -> current = renewed.createSslContext());
    }

    @Override
    public SSLContext get() {
        return current;
    }
}
