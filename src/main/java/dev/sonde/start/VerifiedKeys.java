package dev.sonde.start;

import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.autoconfigure.ssl.PemSslBundleProperties.Store;
import org.springframework.boot.autoconfigure.ssl.SslProperties;
import org.springframework.stereotype.Component;

/// Has each PEM bundle checked that its key fits its certificate, at start and at each reading.
/// With one that does not fit, every handshake would fail.
@Component
final class VerifiedKeys implements BeanPostProcessor {

    @Override
    public Object postProcessAfterInitialization(Object bean, String name) {
        if (bean instanceof SslProperties properties) {
            properties.getBundle().getPem().values().forEach(pem -> verify(pem.getKeystore()));
            properties.getBundle().getPem().values().forEach(pem -> verify(pem.getTruststore()));
        }
        return bean;
    }

    private static void verify(Store store) {
        if (store.getPrivateKey() != null && store.getCertificate() != null) {
            store.setVerifyKeys(true);
        }
    }
}
