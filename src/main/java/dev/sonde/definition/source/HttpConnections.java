package dev.sonde.definition.source;

import dev.sonde.policy.ReceiverPolicy;
import dev.sonde.start.HiddenText;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.ssl.ClientTlsStrategyBuilder;
import org.apache.hc.client5.http.ssl.HostnameVerificationPolicy;
import org.apache.hc.client5.http.ssl.NoopHostnameVerifier;
import org.apache.hc.client5.http.ssl.TlsSocketStrategy;
import org.apache.hc.client5.http.ssl.TrustAllStrategy;
import org.apache.hc.core5.ssl.SSLContextBuilder;
import org.apache.hc.core5.ssl.SSLContexts;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.pem.PemSslStoreBundle;
import org.springframework.boot.ssl.pem.PemSslStoreDetails;

/// Makes the client of one reading or message. It keeps no connection, follows no redirect and asks
/// the policy for each address.
public final class HttpConnections {

    private static final String PEM = "-----BEGIN ";

    private HttpConnections() {}

    /// The client.
    ///
    /// @throws SourceException where certificates or the key cannot be used
    public static CloseableHttpClient client(
            Discovery.@Nullable Tls tls, ReceiverPolicy policy, Duration timeout)
            throws SourceException {
        long millis = timeout.toMillis();
        ConnectionConfig connection =
                ConnectionConfig.custom()
                        .setConnectTimeout(millis, TimeUnit.MILLISECONDS)
                        .setSocketTimeout((int) millis, TimeUnit.MILLISECONDS)
                        .build();
        return HttpClientBuilder.create()
                .setConnectionManager(
                        PoolingHttpClientConnectionManagerBuilder.create()
                                .setDnsResolver(new PolicyResolver(policy))
                                .setDefaultConnectionConfig(connection)
                                .setTlsSocketStrategy(strategy(tls))
                                .build())
                .setDefaultRequestConfig(
                        RequestConfig.custom()
                                .setResponseTimeout(millis, TimeUnit.MILLISECONDS)
                                .build())
                .disableRedirectHandling()
                .disableAutomaticRetries()
                .disableCookieManagement()
                .disableAuthCaching()
                .setUserAgent("Sonde")
                .build();
    }

    private static TlsSocketStrategy strategy(Discovery.@Nullable Tls tls) throws SourceException {
        if (tls == null) {
            return ClientTlsStrategyBuilder.create().buildClassic();
        }
        ClientTlsStrategyBuilder builder =
                ClientTlsStrategyBuilder.create().setSslContext(context(tls));
        if (tls.isInsecure()) {
            builder.setHostVerificationPolicy(HostnameVerificationPolicy.CLIENT);
            builder.setHostnameVerifier(NoopHostnameVerifier.INSTANCE);
        }
        TlsSocketStrategy usual = builder.buildClassic();
        String name = tls.serverName();
        return name == null
                ? usual
                : (socket, _, port, attachment, context) ->
                        usual.upgrade(socket, name, port, attachment, context);
    }

    private static SSLContext context(Discovery.Tls tls) throws SourceException {
        try {
            PemSslStoreDetails keys =
                    tls.certificate() == null || tls.key() == null
                            ? null
                            : PemSslStoreDetails.forCertificate(pem(tls.certificate()))
                                    .withPrivateKey(pem(tls.key()));
            PemSslStoreDetails trust =
                    tls.trust() == null
                            ? null
                            : PemSslStoreDetails.forCertificate(pem(tls.trust()));
            SslBundle bundle = SslBundle.of(new PemSslStoreBundle(keys, trust));
            if (!tls.isInsecure()) {
                return bundle.createSslContext();
            }
            SSLContextBuilder all =
                    SSLContexts.custom().loadTrustMaterial(null, TrustAllStrategy.INSTANCE);
            if (bundle.getStores().getKeyStore() != null) {
                all.loadKeyMaterial(bundle.getStores().getKeyStore(), new char[0]);
            }
            return all.build();
        } catch (java.security.GeneralSecurityException | RuntimeException e) {
            throw new SourceException("tls_config: certificates or the key cannot be used", e);
        }
    }

    private static String pem(HiddenText secret) throws SourceException {
        String text = SecretText.of(secret);
        if (!text.contains(PEM)) {
            throw new SourceException("tls_config: certificates and keys are in PEM");
        }
        return text;
    }
}
