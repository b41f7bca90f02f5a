package dev.sonde.start;

import org.springframework.boot.autoconfigure.ssl.PropertiesSslBundle;
import org.springframework.boot.autoconfigure.ssl.SslProperties;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.SslBundleRegistry;
import org.springframework.core.io.ResourceLoader;
import org.springframework.stereotype.Component;

/// Reads the bundles of `spring.ssl.bundle` again. Their users take the new keys for their next
/// connections; open connections stay.
@Component
final class CertificateReload implements Reload {

    private final SslProperties properties;
    private final SslBundleRegistry registry;
    private final ResourceLoader resources;

    CertificateReload(
            SslProperties properties, SslBundleRegistry registry, ResourceLoader resources) {
        this.properties = properties;
        this.registry = registry;
        this.resources = resources;
    }

    @Override
    public String part() {
        return "certificates";
    }

    @Override
    public void reload() {
        properties
                .getBundle()
                .getPem()
                .forEach((name, pem) -> update(name, PropertiesSslBundle.get(pem, resources)));
        properties
                .getBundle()
                .getJks()
                .forEach((name, jks) -> update(name, PropertiesSslBundle.get(jks, resources)));
    }

    /// Its stores are read here, so that a bundle that cannot be read replaces nothing.
    private void update(String name, SslBundle bundle) {
        var _ = bundle.getManagers().getKeyManagers();
        registry.updateBundle(name, bundle);
    }
}
