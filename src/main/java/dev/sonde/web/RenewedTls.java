package dev.sonde.web;

import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.util.function.Supplier;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLServerSocketFactory;
import javax.net.ssl.SSLSessionContext;
import javax.net.ssl.TrustManager;
import org.apache.tomcat.util.net.SSLContext;

/// TLS material that may be renewed, in the server's own form. Each connection takes what is
/// current when it begins. Safe for any thread.
final class RenewedTls implements SSLContext {

    private final Supplier<javax.net.ssl.SSLContext> current;

    RenewedTls(Supplier<javax.net.ssl.SSLContext> current) {
        this.current = current;
    }

    @Override
    public void init(KeyManager[] keys, TrustManager[] trusted, SecureRandom random) {
        // The supplier's contexts are made already.
    }

    @Override
    public void destroy() {
        // The supplier's contexts are not this object's own.
    }

    @Override
    public SSLSessionContext getServerSessionContext() {
        return current.get().getServerSessionContext();
    }

    @Override
    public SSLEngine createSSLEngine() {
        return current.get().createSSLEngine();
    }

    @Override
    public SSLServerSocketFactory getServerSocketFactory() {
        return current.get().getServerSocketFactory();
    }

    @Override
    public SSLParameters getSupportedSSLParameters() {
        return current.get().getSupportedSSLParameters();
    }

    @Override
    public X509Certificate[] getCertificateChain(String alias) {
        return new X509Certificate[0];
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return new X509Certificate[0];
    }
}
